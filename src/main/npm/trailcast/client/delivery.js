import { Erasure } from './erasure.js';
import { compare } from './position.js';

const LAST_STATES = ['closed', 'unauthorized', 'forbidden'];

/**
 * What one subscription in one tab hands to its application. It has one position, and takes an activity only if that lies
 * ahead of it: so each is handed over once and in order, in however many ways it comes. After a last state nothing is told.
 */
export class Delivery {
  #settings;
  #kept;
  #measurements;
  #position;
  /** @type {import('../../trailcast.js').State} */
  #state = 'connecting';
  #detail;
  /** @type {Promise<void> | undefined} */
  #reload; // while the application reloads its state

  /**
   * @param {import('./options.js').Settings} settings
   * @param {import('./kept.js').Kept} kept takes note of what is handed over
   * @param {import('./measurements.js').Measurements} measurements
   */
  constructor(settings, kept, measurements) {
    this.#settings = settings;
    this.#kept = kept;
    this.#measurements = measurements;
  }

  /** @returns {string | undefined} nothing before there is any */
  get position() {
    return this.#position;
  }

  get state() {
    return this.#state;
  }

  /** Why it is in this state. */
  get detail() {
    return this.#detail;
  }

  /**
   * Fulfilled when the application has reloaded its state after a gap: until then nothing is to be taken. Who brings something
   * waits, and asks anew from the position on, so that nothing has to be kept meanwhile.
   *
   * @returns {Promise<void> | undefined} nothing where it does not
   */
  get reload() {
    return this.#reload;
  }

  get #isClosed() {
    return LAST_STATES.includes(this.#state);
  }

  /** Begins with what was kept. */
  restore(items, position) {
    this.#position = position;
    this.#kept.add(items, position);
    for (const [at, text] of items) {
      this.#tell(this.#settings.onActivity, JSON.parse(text), { position: at, kept: true });
    }
  }

  /**
   * @param {[string, string][]} items positions, and activities as text
   * @param {string} next the position behind them
   */
  take(items, next) {
    for (const [position, text] of items) {
      if (this.#isClosed) {
        return; // by the application, while it was handed the one before
      }
      if (compare(position, this.#position) > 0) {
        this.#position = position; // first: whatever the application does with it, it does not get it again
        const activity = JSON.parse(text);
        const erasure = Erasure.of(activity);
        if (erasure) {
          this.#kept.erase(erasure, position);
          this.#tell(this.#settings.onErased, erasure);
        } else {
          this.#kept.add([[position, text]], position);
          this.#measurements.handedOver();
          this.#tell(this.#settings.onActivity, activity, { position, kept: false });
        }
      }
    }
    if (!this.#isClosed && compare(next, this.#position) > 0) {
      this.#position = next;
      this.#kept.add([], next);
    }
  }

  /** @param {import('../../trailcast.js').Gap} gap */
  skip(gap) {
    this.#position = gap.resumed;
    this.#kept.clear(gap.resumed); // for nobody knows what of it was erased in what is missing
    this.#measurements.skipped();
    const reload = this.#tell(this.#settings.onGap, gap);
    if (typeof reload?.then === 'function') {
      this.#reload = Promise.resolve(reload).catch(reportError).then(() => {
        this.#reload = undefined;
      });
    }
  }

  /** @param {import('../../trailcast.js').State} state */
  show(state, detail) {
    if (this.#isClosed) {
      return;
    }
    const shown = state === 'connecting' && !navigator.onLine ? 'offline' : state;
    this.#detail = detail;
    if (shown !== this.#state) {
      this.#state = shown;
      this.#call(this.#settings.onState, shown, detail);
    }
  }

  #tell(listener, ...told) {
    return this.#isClosed ? undefined : this.#call(listener, ...told);
  }

  #call(listener, ...told) {
    try {
      return listener(...told);
    } catch (problem) {
      reportError(problem);
      return undefined;
    }
  }
}
