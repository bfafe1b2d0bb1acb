import { byId, element, say } from '../common/element.js';
import { tone, typeTone } from '../common/tone.js';
import { count, counted, time } from '../common/words.js';

const LISTS = [
  { name: 'actor', member: 'actors', tone },
  { name: 'type', member: 'types', tone: typeTone },
  { name: 'subject', member: 'subjects', tone },
];
const SHOWN = 6;

/** The busiest actors, types and subjects, each of which filters. */
export class Busiest {
  #choose;

  /** @param {function(string, string)} choose called with the filter's name and value */
  constructor(choose) {
    this.#choose = choose;
  }

  show(busiest) {
    say(byId('busiest-of'), busiest.activities === 0 ? 'Nothing in memory yet.'
      : `Of the newest ${counted(busiest.activities, 'activity', 'activities')}, since ${time(busiest.since)}.`);
    LISTS.forEach(list => this.#fill(byId(`busiest-${list.member}`), list, busiest[list.member].slice(0, SHOWN)));
  }

  #fill(place, list, names) {
    if (place.matches(':hover, :focus-within')) {
      return; // nothing is taken away from under somebody's finger
    }
    const most = names[0]?.count ?? 1;
    while (place.childElementCount > names.length) {
      place.lastElementChild.remove();
    }
    names.forEach((each, i) => {
      const item = place.children[i] ?? place.appendChild(this.#item(list));
      const button = item.firstElementChild;
      say(button.querySelector('.name'), each.name);
      say(button.querySelector('.count'), count(each.count));
      button.title = `Only ${list.name} ${each.name}`;
      const bar = button.querySelector('.bar');
      bar.dataset.tone = list.tone(each.name);
      bar.style.setProperty('--share', `${(100 * each.count / most).toFixed(1)}%`);
    });
  }

  #item(list) {
    const name = element('span', { class: 'name' });
    const button = element('button', { type: 'button', class: 'bar-row' },
      element('span', { class: 'bar', 'aria-hidden': 'true' }), name, ' ', element('span', { class: 'count' }));
    button.addEventListener('click', () => this.#choose(list.name, name.textContent));
    return element('li', {}, button);
  }
}
