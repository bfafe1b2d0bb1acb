import { delayAfter } from './backoff.js';
import { Kept } from './kept.js';
import { Measurements } from './measurements.js';
import { page } from './page.js';
import { compare } from './position.js';
import { Source } from './source.js';
import { Tabs } from './tabs.js';

const MOST_PENDING = 1_000; // messages that wait for a hole to be filled

export const members = new Set(); // this page's

/** One subscription in one tab: its position, and what it gets and tells. It leads, or follows the leader. */
export class Member {
  #settings;
  #kept;
  #measurements = new Measurements();
  #position;
  /** @type {import('../../trailcast.js').State} */
  #state = 'connecting';
  #detail;
  #closing = new AbortController();
  #awake; // an object that stands for this time of the page's being awake
  #tabs;
  #source; // of a leader
  #filling; // an AbortController while a follower asks for pages
  #pending = []; // what the leader says meanwhile
  #leaderState = ['connecting'];
  #quiet = 0; // times in a row that nothing was heard between two looks
  #looking;

  constructor(settings) {
    this.#settings = settings;
    this.#kept = new Kept(this.#name, settings.keep);
    const on = (target, name, act) => target.addEventListener(name, act, { signal: this.#closing.signal });
    on(window, 'online', () => this.#hurry());
    // The browser's word for it is a hint; what an attempt finds is the truth.
    on(window, 'offline', () => this.#source?.start());
    on(document, 'visibilitychange', () => document.visibilityState === 'visible' && this.#hurry());
    // A page that sleeps, or is kept for the way back, holds no connection, no lock and no channel.
    on(window, 'pagehide', () => this.#sleep());
    on(window, 'pageshow', () => this.#wake());
    on(document, 'freeze', () => this.#sleep());
    on(document, 'resume', () => this.#wake());
    members.add(this);
    this.#wake();
  }

  get #name() {
    const { base, query, user } = this.#settings;
    return JSON.stringify([base, query, user]);
  }

  get position() {
    return this.#position;
  }

  /** @returns {import('../../trailcast.js').State} */
  get state() {
    return this.#state;
  }

  measurements() {
    return this.#measurements.values;
  }

  close(why) {
    if (this.#state === 'closed') {
      return;
    }
    if (why === 'forgotten') {
      this.#kept.drop();
    }
    members.delete(this);
    this.#closing.abort();
    this.#letGo();
    this.#show('closed', why);
  }

  // ---- awake and asleep

  async #wake() {
    if (this.#awake) {
      return;
    }
    const awake = this.#awake = {};
    const { wiped, position, items } = await this.#kept.load();
    if (awake !== this.#awake) {
      return;
    }
    if (wiped) {
      this.close('forgotten');
      return;
    }
    if (this.#position === undefined && position !== undefined) {
      this.#position = position;
      this.#kept.add(items, position);
      items.forEach(([at, text]) => this.#hand(text, at, true));
    }
    if (awake === this.#awake) { // not closed while it was shown
      this.#looking = setInterval(() => this.#look(), this.#settings.silence / 3);
      this.#tabs = new Tabs(this.#name, this);
    }
  }

  #sleep() {
    this.#letGo();
    this.#show('connecting');
  }

  #letGo() {
    if (this.#source) {
      this.#kept.save();
    }
    this.#awake = undefined;
    clearInterval(this.#looking);
    this.#stopFilling();
    this.#source?.stop();
    this.#source = undefined;
    this.#tabs?.leave();
    this.#tabs = undefined;
  }

  #hurry() {
    this.#source?.hurry();
    if (this.#filling) {
      this.#stopFilling();
      this.#fill();
    }
  }

  /** Looks whether it is too quiet. It counts its looks, not the time: a tab that was asleep must not blame others. */
  #look() {
    this.#quiet = this.#source?.isWaiting ? 0 : this.#quiet + 1;
    if (this.#quiet > 3) {
      this.#quiet = 0;
      if (this.#source) {
        this.lose('silent');
        this.#source.start();
      } else {
        this.#tabs.steal();
      }
    } else if (!this.#source) {
      this.#tabs.ask();
    }
  }

  // ---- as the leader; the source and the tabs call these

  lead() {
    this.#stopFilling();
    this.#quiet = 0;
    this.#source = new Source(this, this.#settings);
    this.#source.start();
  }

  hear(text) {
    this.#quiet = 0;
    this.#measurements.received(text);
  }

  /** @param {number | undefined} asked when the connection was asked for, where that is known */
  arrive(asked) {
    this.#measurements.connected(asked);
  }

  lose(why) {
    this.#measurements.lost();
    this.tell('connecting', why);
  }

  receive(items, next) {
    const prev = this.#position;
    this.#take(items, next);
    if (this.#source && this.#position !== prev) {
      this.#tabs?.say(prev, items, this.#position, [this.#state, this.#detail]);
      this.#kept.saveSoon();
    }
  }

  receivePage({ gap, items, next }) {
    if (gap) {
      this.skip(gap);
    }
    this.receive(items, next);
  }

  /** A gap is not passed on: it leaves a hole, and who has one asks for himself, and is told what is his. */
  skip(gap) {
    this.#position = gap.resumed;
    this.#measurements.skipped();
    this.#call(this.#settings.onGap, gap);
  }

  tell(state, detail) {
    this.#show(state, detail);
    this.#tabs?.say(this.#position, [], this.#position, [this.#state, this.#detail]);
  }

  // ---- as a follower

  follow() {
    this.#source.stop();
    this.#source = undefined;
    this.#leaderState = ['connecting'];
    this.#show('connecting');
  }

  overhear(message) {
    if (message.ask) {
      if (this.#source) {
        this.tell(this.#state, this.#detail);
      }
    } else if (!this.#source) { // else it is of one who has lost the lead and does not know yet
      this.#quiet = 0;
      this.#leaderState = message.state;
      this.#heed(message);
    }
  }

  #heed(message) {
    const { prev, items, next, state } = message;
    if (this.#filling) {
      this.#pending.push(message);
      this.#pending.splice(0, this.#pending.length - MOST_PENDING); // then there is a hole again
    } else if (next === undefined) { // the leader has no place itself
      this.#show(...state);
    } else if (this.#position !== undefined && prev !== undefined && compare(prev, this.#position) <= 0) {
      this.#take(items, next);
      this.#show(...state);
    } else {
      this.#fill();
    }
  }

  async #fill() {
    const { signal } = this.#filling = new AbortController();
    let failures = 0;
    this.#show('catching-up');
    while (!signal.aborted) {
      try {
        const answer = await page(this.#settings, this.#position, signal);
        if (!signal.aborted) {
          this.#measurements.received(answer.text);
          this.receivePage(answer);
          if (answer.upToDate) {
            this.#filled();
            return;
          }
        }
      } catch (problem) {
        if (problem.isFinal) {
          this.close(problem.message);
        } else if (!signal.aborted) {
          this.#measurements.failed();
          this.#show('connecting', problem.message);
          await new Promise(resolve => setTimeout(resolve, Math.max(problem.retry ?? 0, delayAfter(++failures))));
        }
      }
    }
  }

  #filled() {
    const pending = this.#pending;
    this.#stopFilling();
    this.#show(...this.#leaderState);
    pending.forEach(message => this.#heed(message));
  }

  #stopFilling() {
    this.#filling?.abort();
    this.#filling = undefined;
    this.#pending = [];
  }

  // ---- to the application

  #take(items, next) {
    for (const [position, text] of items) {
      if (this.#closing.signal.aborted) {
        return; // by the application, while it was handed the one before
      }
      if (compare(position, this.#position) > 0) {
        this.#position = position; // first: whatever the application does with it, it does not get it again
        this.#kept.add([[position, text]], position);
        this.#measurements.handedOver();
        this.#hand(text, position, false);
      }
    }
    if (compare(next, this.#position) > 0) {
      this.#position = next;
      this.#kept.add([], next);
    }
  }

  #hand(text, position, kept) {
    this.#call(this.#settings.onActivity, JSON.parse(text), { position, kept });
  }

  #show(state, detail) {
    const shown = state === 'connecting' && !navigator.onLine ? 'offline' : state;
    this.#detail = detail;
    if (shown !== this.#state) {
      this.#state = shown;
      this.#call(this.#settings.onState, shown, detail);
    }
  }

  #call(listener, ...told) {
    try {
      listener(...told);
    } catch (problem) {
      reportError(problem);
    }
  }
}
