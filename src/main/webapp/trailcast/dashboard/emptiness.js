import { byId, say } from '../common/element.js';
import { sinceInWords } from './address.js';

/** What is said where there are no activities to show, and what there is no use for then. */
export class Emptiness {
  #choice;
  #empty = true;

  /** @param {function()} clear called to ask for everything again */
  constructor(clear) {
    byId('empty-clear').addEventListener('click', clear);
  }

  /** Something else is asked for; what there is of it will be seen. */
  begin(choice) {
    this.#choice = choice;
    this.#empty = true;
    this.#show(false);
    byId('older-part').hidden = true;
  }

  /** There are activities. */
  filled() {
    if (this.#empty) {
      this.#empty = false;
      this.#show(false);
      byId('older-part').hidden = false;
    }
  }

  /** All that there is has come. */
  complete() {
    if (this.#empty) {
      this.#say();
      this.#show(true);
      byId('older-part').hidden = this.#choice.since === '' || this.#choice.since === 'earliest';
    }
  }

  #show(empty) {
    byId('empty').hidden = !empty;
    byId('columns').hidden = this.#empty;
  }

  #say() {
    const { filters, since } = this.#choice;
    const filtered = Object.values(filters).some(values => values.length > 0);
    const replayed = since !== '' && since !== 'earliest';
    byId('empty-trail').hidden = filtered || replayed;
    say(byId('empty-match'), !filtered && !replayed ? ''
      : `Nothing ${replayed ? `since ${sinceInWords(since)} ` : ''}${filtered ? 'matches these filters' : 'was recorded'}.`
        + ' What comes will be here.');
    byId('empty-clear').hidden = !filtered && !replayed;
    say(byId('empty-clear'), filtered ? 'Clear the filters' : 'Show the last 50');
  }
}
