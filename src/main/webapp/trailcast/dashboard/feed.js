import { activityRow, gapRow } from './row.js';

/** How many rows there are at most, */
export const MOST_ROWS = 500;
/** and how many where somebody reads back. */
export const MOST_ROWS_BACK = 2000;

/** The list of activities, newest on top. Arrow keys go through it; it is one stop of the Tab key. */
export class Feed {
  #list;
  #entries = new WeakMap(); // row to { activity, position }: goes with the row

  /**
   * @param {HTMLOListElement} list
   * @param {function({activity: object, position: string})} open called for a row that was chosen
   */
  constructor(list, open) {
    this.#list = list;
    list.addEventListener('click', event => {
      const row = event.target.closest('li');
      if (row && this.#entries.has(row)) {
        open(this.#entries.get(row));
      }
    });
    list.addEventListener('keydown', event => this.#move(event));
    list.addEventListener('focusin', event => this.#makeStop(event.target));
  }

  get size() {
    return this.#list.childElementCount;
  }

  /** Where the oldest row stands in the journal; undefined where there is none. */
  get oldestPosition() {
    for (let row = this.#list.lastElementChild; row; row = row.previousElementSibling) {
      if (this.#entries.has(row)) {
        return this.#entries.get(row).position;
      }
    }
    return undefined;
  }

  /** Puts entries on top, of which the last is the newest; what is too much goes at the other end. */
  add(entries) {
    if (entries.length === 0) {
      return;
    }
    const rows = entries.map(entry => this.#row(entry)).reverse();
    rows.forEach(row => row.classList.toggle('fresh', rows.length < 4)); // more of them would flicker
    this.#list.prepend(...rows);
    while (this.size > MOST_ROWS) {
      this.#list.lastElementChild.remove();
    }
    if (!this.#list.contains(document.activeElement)) {
      this.#makeStop(this.#list.querySelector('.row'));
    }
  }

  /** Puts entries at the end, of which the last is the oldest. */
  addOlder(entries) {
    const rows = entries.map(entry => this.#row(entry));
    this.#list.append(...rows);
    return rows;
  }

  /** Takes rows away. */
  erase(isErased) {
    for (const row of [...this.#list.children]) {
      if (this.#entries.has(row) && isErased(this.#entries.get(row))) {
        row.remove();
      }
    }
  }

  clear() {
    this.#list.replaceChildren();
  }

  #row(entry) {
    const row = entry.gap ? gapRow(entry.gap) : activityRow(entry.activity, entry.own);
    if (!entry.gap) {
      this.#entries.set(row, entry);
    }
    return row;
  }

  #move(event) {
    const rows = [...this.#list.querySelectorAll('.row')];
    const at = rows.indexOf(event.target.closest('.row'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (at >= 0 && rows[to]) {
      event.preventDefault();
      rows[to].focus();
    }
  }

  #makeStop(row) {
    if (row && row.tabIndex !== 0) {
      this.#list.querySelectorAll('.row[tabindex="0"]').forEach(other => other.setAttribute('tabindex', '-1'));
      row.setAttribute('tabindex', '0');
    }
  }
}
