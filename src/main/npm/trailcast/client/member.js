import { Delivery } from './delivery.js';
import { Follower } from './follower.js';
import { Kept } from './kept.js';
import { Leader } from './leader.js';
import { Measurements } from './measurements.js';
import { Silence } from './silence.js';
import { Tabs } from './tabs.js';

/**
 * One subscription in one tab. While its page is awake it leads, or follows the leader; asleep, or kept for the way back, the
 * page holds no connection, no lock and no channel.
 */
export class Member {
  static #all = new Set(); // this page's

  #name; // of the subscription: the same in all tabs that share it
  #closing = new AbortController();
  #awake; // an object that stands for this time of the page's being awake
  #looking;
  /** @type {Leader | Follower | undefined} */
  #role; // nothing while asleep

  // for its roles

  /** @type {import('./options.js').Settings} */
  settings;
  kept;
  measurements = new Measurements();
  delivery;
  /** @type {Tabs} */
  tabs; // of this time of being awake, or the last

  /** @param {import('./options.js').Settings} settings */
  constructor(settings) {
    const { base, query, user, keep } = settings;
    this.#name = JSON.stringify([base, query, user]);
    this.settings = settings;
    this.kept = new Kept(this.#name, keep);
    this.delivery = new Delivery(settings, this.kept, this.measurements);
    const on = (target, name, act) => target.addEventListener(name, act, { signal: this.#closing.signal });
    on(window, 'online', () => this.#role?.hurry());
    on(window, 'offline', () => this.#role?.doubt());
    on(document, 'visibilitychange', () => document.visibilityState === 'visible' && this.#role?.hurry());
    on(window, 'pagehide', () => this.#sleep());
    on(window, 'pageshow', () => this.#wake());
    on(document, 'freeze', () => this.#sleep());
    on(document, 'resume', () => this.#wake());
    Member.#all.add(this);
    this.#wake();
  }

  static closeAll(why) {
    Member.#all.forEach(member => member.close(why));
  }

  /** Ends it in this tab, once and for all, in one of the last states. */
  close(why, state = 'closed') {
    if (this.#closing.signal.aborted) {
      return;
    }
    if (why === 'forgotten') {
      this.kept.drop();
    }
    Member.#all.delete(this);
    this.#closing.abort();
    this.#letGo();
    this.delivery.show(state, why);
  }

  // ---- the tabs call these

  lead() {
    this.#role.stop();
    this.#role = new Leader(this);
    this.#role.start();
  }

  follow() {
    this.#role.stop();
    this.#role = new Follower(this);
    this.delivery.show('connecting');
  }

  overhear(message) {
    this.#role?.overhear(message);
  }

  // ---- awake and asleep

  async #wake() {
    if (this.#awake) {
      return;
    }
    const awake = this.#awake = {};
    const { wiped, position, items } = await this.kept.load();
    if (awake !== this.#awake) {
      return;
    }
    if (wiped) {
      this.close('forgotten');
      return;
    }
    if (this.delivery.position === undefined && position !== undefined) {
      this.delivery.restore(items, position);
    }
    if (awake === this.#awake) { // not closed while it was shown
      this.#role = new Follower(this); // until it is told to lead
      this.tabs = new Tabs(this.#name, this);
      this.#looking = setInterval(() => this.#role.look(), Silence.interval(this.settings.silence));
      this.tabs.join();
    }
  }

  #sleep() {
    this.#letGo();
    this.delivery.show('connecting');
  }

  #letGo() {
    if (this.#role instanceof Leader) {
      this.kept.save();
    }
    this.#awake = undefined;
    clearInterval(this.#looking);
    this.#role?.stop();
    this.#role = undefined;
    this.tabs?.leave();
  }
}
