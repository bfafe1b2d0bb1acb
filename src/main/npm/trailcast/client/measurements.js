import { Rate } from './rate.js';

const RATE_SECONDS = 10;

const UTF_8 = new TextEncoder();

/** What one subscription in one tab has measured. */
export class Measurements {
  #values = { reconnections: 0, gaps: 0, errors: 0, bytes: 0 };
  #rate = new Rate(RATE_SECONDS);
  #lost; // when the connection was lost that is not back yet

  /** @returns {import('../../trailcast.js').Measurements} as they are now */
  get values() {
    return { ...this.#values, activities: this.#rate.total, activitiesPerSecond: this.#rate.perSecond };
  }

  /** @param {number | undefined} asked when the connection was asked for, as `performance` says it, where that is known */
  connected(asked) {
    const now = performance.now();
    if (asked !== undefined) {
      this.#values.connectionMilliseconds = now - asked;
    }
    if (this.#lost !== undefined) {
      this.#values.reconnectionMilliseconds = now - this.#lost;
      this.#values.reconnections++;
      this.#lost = undefined;
    }
  }

  /** The connection, or an attempt to have one again. */
  lost() {
    this.failed();
    this.#lost ??= performance.now();
  }

  failed() {
    this.#values.errors++;
  }

  /** @param {string} text from the server */
  received(text) {
    this.#values.bytes += UTF_8.encode(text).length;
  }

  handedOver() {
    this.#rate.add(1);
  }

  skipped() {
    this.#values.gaps++;
  }
}
