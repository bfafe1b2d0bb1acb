import { Rate } from '../client/rate.js';
import { MOST_ROWS } from './feed.js';
import { Sampler } from './sampler.js';

/** How many rows come a second at most, for long. */
export const ROWS_PER_SECOND = 20;

const BURST = 200;
const RATE_SECONDS = 5;
const CATCHING_UP_MS = 500; // between two looks at what has been caught up with

/** From the stream to the feed: once a frame, not more than can be read, and nothing while it is held. */
export class Live {
  #feed;
  #hold;
  #drawn;
  #sampler = new Sampler(MOST_ROWS, ROWS_PER_SECOND, BURST);
  #live = false;
  #caughtUp = false; // since the last frame: what waits is history
  #asked = false;
  #caughtUpAt = 0;

  /** How many came; and of those that came as they happened: how many, and how many were shown. */
  received = new Rate(RATE_SECONDS);
  happened = new Rate(RATE_SECONDS);
  shown = new Rate(RATE_SECONDS);

  /** How many came since the feed is held. */
  meanwhile = 0;

  /**
   * @param {Feed} feed
   * @param {Hold} hold
   * @param {function(object[], number)} drawn called with entries that came to the screen as they happened, and when
   */
  constructor(feed, hold, drawn) {
    this.#feed = feed;
    this.#hold = hold;
    this.#drawn = drawn;
  }

  /** How many were never shown, for they came too fast. */
  get leftOut() {
    return this.#sampler.leftOut;
  }

  /** Whether this follows what happens now, and does not catch up with what was. */
  get live() {
    return this.#live;
  }

  set state(state) {
    const live = state === 'live' || state === 'polling';
    if (live && !this.#live) {
      this.happened.clear(); // from now on
    }
    this.#caughtUp ||= live && !this.#live && this.#sampler.waiting > 0;
    this.#live = live;
    this.#askForFrame();
  }

  /** An activity that came, or a gap. */
  offer(entry) {
    this.received.add(1);
    this.happened.add(this.#live ? 1 : 0);
    this.meanwhile += this.#hold.held ? 1 : 0;
    this.#sampler.offer(entry);
    this.#askForFrame();
  }

  /** Shows what came while the feed was held. */
  release() {
    this.meanwhile = 0;
    this.#show(this.#sampler.takeAll());
  }

  /** Takes away what is erased, wherever it is by now. */
  erase(isErased) {
    this.#sampler.erase(isErased);
    this.#feed.erase(isErased);
  }

  clear() {
    this.#sampler.clear();
    this.received.clear();
    this.happened.clear();
    this.shown.clear();
    this.meanwhile = 0;
    this.#feed.clear();
  }

  #askForFrame() {
    if (!this.#asked && !this.#hold.held && this.#sampler.waiting > 0) {
      this.#asked = true;
      requestAnimationFrame(now => {
        this.#asked = false;
        this.#frame(now);
        this.#askForFrame();
      });
    }
  }

  #frame(now) {
    if (this.#hold.held) {
      return;
    }
    if (this.#live && !this.#caughtUp) {
      const entries = this.#sampler.take(now);
      this.#show(entries);
      this.#drawn(entries, Date.now());
    } else if (this.#caughtUp || now - this.#caughtUpAt >= CATCHING_UP_MS) {
      this.#caughtUp = false;
      this.#caughtUpAt = now;
      this.#feed.add(this.#sampler.takeAll());
      this.#sampler.leftOut = 0; // what is older than the feed is long is found behind its end
    }
  }

  #show(entries) {
    this.shown.add(entries.length);
    this.#feed.add(entries);
  }
}
