import { FILTERS } from '../client/options.js';
import { byId, element, say, visibleJson } from '../common/element.js';
import { typeTone } from '../common/tone.js';
import { moment } from '../common/words.js';

const FIRST = ['actor', 'type', 'subject', 'source', 'time', 'audience', 'id'];

/** One activity with all that it has, in a dialog. */
export class Detail {
  #dialog = byId('detail');
  #choose;
  #hold;
  #json = '';

  /**
   * @param {function(string, string)} choose called with the name and value to filter by
   * @param {Hold} hold holds the feed while it is open, so that focus finds its row again
   */
  constructor(choose, hold) {
    this.#choose = choose;
    this.#hold = hold;
    byId('detail-copy').addEventListener('click', () => this.#copy());
    this.#dialog.addEventListener('click', event => {
      if (event.target === this.#dialog) { // beside it
        this.#dialog.close();
      }
    });
    this.#dialog.addEventListener('close', () => hold.set('detail', false));
  }

  /** Shows an entry of the feed. */
  open(entry) {
    this.#hold.set('detail', true);
    this.#fill(entry);
    this.#dialog.showModal();
  }

  #fill({ activity, position }) {
    const { data, ...attributes } = activity;
    say(byId('detail-title'), activity.type);
    byId('detail-title').dataset.tone = typeTone(activity.type);
    const others = Object.keys(attributes).filter(name => !FIRST.includes(name)).sort();
    const names = FIRST.filter(name => attributes[name] !== undefined).concat(others);
    byId('detail-attributes').replaceChildren(
      ...names.flatMap(name => this.#attribute(name, attributes[name])),
      ...this.#attribute('position', position));
    byId('detail-data-part').hidden = data === undefined;
    say(byId('detail-data'), data === undefined ? '' : visibleJson(JSON.stringify(data, null, 2)));
    this.#json = visibleJson(JSON.stringify({ ...activity, position }, null, 2));
    say(byId('detail-copied'), '');
  }

  #attribute(name, value) {
    const shown = element('dd', {}, element('bdi', {}, String(value)));
    if (name === 'time' && !Number.isNaN(Date.parse(value))) {
      shown.append(element('span', { class: 'quiet' }, ` ${moment(new Date(value))}`));
    }
    if (FILTERS.includes(name)) {
      const filter = element('button', { type: 'button', class: 'small' }, `Only this ${name}`);
      filter.addEventListener('click', () => {
        this.#dialog.close();
        this.#choose(name, value);
      });
      shown.append(' ', filter);
    }
    return [element('dt', {}, name), shown];
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#json);
      say(byId('detail-copied'), 'Copied.');
    } catch { // not allowed, or not there: a page without TLS has no clipboard
      say(byId('detail-copied'), this.#copyBySelection() ? 'Copied.' : 'The browser does not allow it.');
    }
  }

  #copyBySelection() {
    const field = element('textarea', { class: 'unseen', 'aria-hidden': 'true' });
    field.value = this.#json;
    this.#dialog.append(field);
    field.select();
    const copied = document.execCommand('copy');
    field.remove();
    byId('detail-copy').focus();
    return copied;
  }
}
