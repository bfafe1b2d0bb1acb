import { byId, element, say, visible } from '../common/element.js';
import { count, counted, time } from '../common/words.js';

const LISTS = [
  { name: 'actor', member: 'actors' },
  { name: 'type', member: 'types' },
  { name: 'subject', member: 'subjects' },
];
const SHOWN = 6;

/** The busiest actors, types and subjects, each of which filters. */
export class Busiest {
  #choose;
  #names = new WeakMap(); // of a button: what stands on it may be written otherwise

  /** @param {function(string, string)} choose called with the filter's name and value */
  constructor(choose) {
    this.#choose = choose;
  }

  show(busiest) {
    say(byId('busiest-of'), busiest.activities === 0 ? 'Nothing in memory.'
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
      this.#names.set(button, each.name);
      say(button.querySelector('.name'), each.name);
      say(button.querySelector('.count'), count(each.count));
      button.title = visible(`Only ${list.name} ${each.name}`);
      button.querySelector('.bar').style.setProperty('--share', `${(100 * each.count / most).toFixed(1)}%`);
    });
  }

  #item(list) {
    const button = element('button', { type: 'button', class: 'bar-row' },
      element('span', { class: 'bar', 'aria-hidden': 'true' }), element('bdi', { class: 'name' }), ' ', element('span', { class: 'count' }));
    button.addEventListener('click', () => this.#choose(list.name, this.#names.get(button)));
    return element('li', {}, button);
  }
}
