import { FILTERS } from '../client/options.js';
import { byId, element, say, visible } from '../common/element.js';
import { agoInWords, sinceInWords } from './address.js';

/** What is asked for: a form to add to it, and a chip for each part, which takes it away. */
export class Filters {
  #change;
  #busiest;
  #choice = { filters: {}, since: '' };

  /** @param {function(object)} change called with what is asked for now */
  constructor(change) {
    this.#change = change;
    byId('filter').addEventListener('submit', event => {
      event.preventDefault();
      const value = byId('filter-value').value.trim();
      if (value !== '') {
        this.#add(byId('filter-name').value, value);
        byId('filter-value').value = '';
      }
    });
    byId('replay').addEventListener('submit', event => {
      event.preventDefault();
      const chosen = byId('since').value;
      const at = new Date(byId('since-time').value);
      if (chosen !== 'time' || !Number.isNaN(at.getTime())) {
        this.#change({ ...this.#choice, since: chosen === 'time' ? at.toISOString() : chosen });
      }
    });
    byId('since').addEventListener('change', () => this.#askForTime());
    byId('filter-name').addEventListener('change', () => this.#suggest());
  }

  /** Shows what is asked for. */
  show(choice) {
    this.#choice = choice;
    const chips = FILTERS.flatMap(name => choice.filters[name].map(value => this.#chip(name, value)));
    if (choice.since) {
      chips.push(chip('since', sinceInWords(choice.since), () => this.#change({ ...choice, since: '' })));
    }
    byId('chips').replaceChildren(...chips);
    byId('chips').hidden = chips.length === 0;
    this.#showSince(choice.since);
  }

  /** Says what is asked for in vain. */
  sayWrong(wrong) {
    say(byId('asked-wrong'), wrong.join(' '));
  }

  /** Everything, as at first. */
  clear() {
    this.#change({ filters: Object.fromEntries(FILTERS.map(name => [name, []])), since: '' });
  }

  /** Only what has this value: in place of the others of that name. */
  only(name, value) {
    this.#change({ ...this.#choice, filters: { ...this.#choice.filters, [name]: [value] } });
  }

  /** Names that may be filtered by, to choose from. */
  suggest(busiest) {
    this.#busiest = busiest;
    this.#suggest();
  }

  #suggest() {
    const input = byId('filter-value');
    if (input !== document.activeElement) { // an open list would jump
      const names = this.#busiest?.[`${byId('filter-name').value}s`] ?? [];
      byId('filter-values').replaceChildren(...names.map(({ name }) => element('option', { value: name, label: visible(name) })));
    }
  }

  #add(name, value) {
    const values = new Set([...this.#choice.filters[name], value]);
    this.#change({ ...this.#choice, filters: { ...this.#choice.filters, [name]: [...values] } });
  }

  #chip(name, value) {
    return chip(name, value, () => {
      const values = this.#choice.filters[name].filter(other => other !== value);
      this.#change({ ...this.#choice, filters: { ...this.#choice.filters, [name]: values } });
      (byId('chips').querySelector('button') ?? byId('filter-value')).focus();
    });
  }

  #showSince(since) {
    const select = byId('since');
    const known = [...select.options].some(option => option.value === since);
    select.value = known ? since : 'time';
    if (!known) {
      const ago = agoInWords(since);
      if (ago) {
        select.prepend(element('option', { value: since }, `since ${ago}`));
        select.value = since;
      } else {
        byId('since-time').value = localTime(new Date(since));
      }
    }
    this.#askForTime();
  }

  #askForTime() {
    byId('since-time-label').hidden = byId('since').value !== 'time';
  }
}

function chip(name, value, remove) {
  const button = element('button', { type: 'button', class: 'chip', title: 'Take this away' },
    element('span', { class: 'chip-name' }, name), ' ', element('bdi', {}, value), element('span', { class: 'cross', 'aria-hidden': 'true' }, '✕'),
    element('span', { class: 'unseen' }, ', take away'));
  button.addEventListener('click', remove);
  return element('li', {}, button);
}

/** As an input of type datetime-local has it. */
function localTime(date) {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
