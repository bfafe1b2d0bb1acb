import { byId, say } from '../common/element.js';
import { ask } from '../common/problem.js';
import { MOST_ROWS_BACK } from './feed.js';

const PAGE = 100;

/** The way back: pages of what was recorded before the oldest row. */
export class Older {
  #feed;
  #hold;
  #beginning;
  #found;
  #loading = false;
  #query = '';
  #choice = 0; // answers to an earlier one come too late

  /**
   * @param {Feed} feed
   * @param {Hold} hold
   * @param {function(): string|undefined} beginning where the way back begins while the feed has no rows
   * @param {function()} found called when there are rows
   */
  constructor(feed, hold, beginning, found) {
    this.#feed = feed;
    this.#hold = hold;
    this.#beginning = beginning;
    this.#found = found;
    byId('older').addEventListener('click', () => this.#load());
  }

  /** From now on with these filters. */
  follow(query) {
    this.#query = query;
    this.#choice++;
    this.again();
  }

  /** There may be older ones (again). */
  again() {
    byId('older').hidden = false;
    say(byId('older-answer'), '');
  }

  async #load() {
    if (this.#loading) {
      return;
    }
    const choice = this.#choice;
    this.#loading = true;
    this.#hold.set('older', true); // what is added at the end would be the first to go
    say(byId('older-answer'), 'Loading …');
    try {
      const query = new URLSearchParams(this.#query);
      query.set('limit', String(PAGE));
      let before = this.#feed.oldestPosition ?? this.#beginning();
      let activities = [];
      let next = before;
      do { // an empty page with a next one: the server has looked as far as it may at a time
        if (before !== undefined) {
          query.set('before', before);
        }
        ({ activities, next } = await ask(`api/activities?${query}`));
        before = next;
      } while (activities.length === 0 && next !== undefined && choice === this.#choice);
      if (choice === this.#choice) {
        this.#show(activities, next);
      }
    } catch (problem) {
      say(byId('older-answer'), `Not loaded: ${problem.message}`);
    } finally {
      this.#loading = false;
    }
  }

  #show(activities, next) {
    const rows = this.#feed.addOlder(activities.map(({ position, ...activity }) => ({ activity, position })));
    if (rows.length > 0) {
      this.#found();
    }
    rows[0]?.querySelector('.row').focus({ preventScroll: true });
    const full = this.#feed.size >= MOST_ROWS_BACK;
    byId('older').hidden = next === undefined || full;
    say(byId('older-answer'), next === undefined ? 'Nothing older is kept.'
      : full ? 'This page goes no further back; replay since a time instead.'
        : '');
  }
}
