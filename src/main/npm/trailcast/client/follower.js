import { delayAfter } from './backoff.js';
import { page } from './page.js';
import { compare } from './position.js';
import { Silence } from './silence.js';

const MOST_PENDING = 1_000; // messages that wait for a hole to be filled

/**
 * What a member does while another tab leads: it hands over what the leader says. Where that does not follow what it has
 * itself there is a hole: pages fill it, and what the leader says meanwhile waits.
 */
export class Follower {
  #member;
  #leaderState = ['connecting'];
  #filling; // an AbortController while pages are asked for
  #pending = []; // what the leader says meanwhile
  #silence = new Silence();

  /** @param {import('./member.js').Member} member */
  constructor(member) {
    this.#member = member;
  }

  stop() {
    this.#filling?.abort();
    this.#filling = undefined;
    this.#pending = [];
  }

  /** There may be a way now. */
  hurry() {
    if (this.#filling) {
      this.stop();
      this.#fill();
    }
  }

  /** There may be none any more: the leader sees to that. */
  doubt() {}

  /** Looks whether the leader is silent; to be called as often as `Silence` says. */
  look() {
    if (this.#silence.look()) {
      this.#member.tabs.steal();
    } else {
      this.#member.tabs.ask();
    }
  }

  /** Takes what the leader says. What other followers ask is not for this one. */
  overhear(message) {
    if (!message.ask) {
      this.#silence.end();
      this.#leaderState = message.state;
      this.#take(message);
    }
  }

  #take(message) {
    const { delivery } = this.#member;
    const { prev, items, next, state } = message;
    if (this.#filling) {
      this.#pending.push(message);
      this.#pending.splice(0, this.#pending.length - MOST_PENDING); // then there is a hole again
    } else if (next === undefined) { // the leader has no place itself
      delivery.show(...state);
    } else if (!delivery.reload && delivery.position !== undefined && prev !== undefined && compare(prev, delivery.position) <= 0) {
      delivery.take(items, next);
      delivery.show(...state);
    } else {
      this.#fill();
    }
  }

  async #fill() {
    const { settings, delivery, measurements } = this.#member;
    const { signal } = this.#filling = new AbortController();
    let failures = 0;
    delivery.show('catching-up');
    await delivery.reload; // that began while the tab led
    while (!signal.aborted) {
      try {
        const { text, gap, items, next, upToDate } = await page(settings, delivery.position, signal);
        if (signal.aborted) {
          return;
        }
        measurements.received(text);
        if (gap) {
          delivery.skip(gap);
          await delivery.reload;
          if (signal.aborted) {
            return;
          }
        }
        delivery.take(items, next);
        if (upToDate && !signal.aborted) {
          this.#filled();
          return;
        }
      } catch (problem) {
        if (signal.aborted) {
          return;
        }
        if (problem.ends) {
          this.#member.close(problem.message, problem.ends);
          return;
        }
        if (problem.isMissing) { // nothing fills holes here
          this.#member.tabs.alone();
          return;
        }
        measurements.failed();
        delivery.show('connecting', problem.message);
        await new Promise(resolve => setTimeout(resolve, Math.max(problem.retry ?? 0, delayAfter(++failures))));
      }
    }
  }

  #filled() {
    const pending = this.#pending;
    this.stop();
    this.#member.delivery.show(...this.#leaderState);
    pending.forEach(message => this.#take(message));
  }
}
