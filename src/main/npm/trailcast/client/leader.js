import { Silence } from './silence.js';
import { Source } from './source.js';

/**
 * What a member does while it leads: it has the connection, hands over what comes, and passes it on to the other tabs.
 */
export class Leader {
  #member;
  #source;
  #silence = new Silence();

  /** @param {import('./member.js').Member} member */
  constructor(member) {
    this.#member = member;
    this.#source = new Source(this, member.settings);
  }

  start() {
    this.#source.start();
  }

  stop() {
    this.#source.stop();
  }

  /** There may be a way now. */
  hurry() {
    this.#source.hurry();
  }

  /** There may be none any more. The browser's word for it is a hint; what an attempt finds is the truth. */
  doubt() {
    this.#source.start();
  }

  /** Looks whether the connection is silent; to be called as often as `Silence` says. */
  look() {
    if (this.#source.isWaiting) {
      this.#silence.end();
    } else if (this.#silence.look()) {
      this.lose('silent');
      this.#source.start();
    }
  }

  /** Answers who asks. What is said besides is from a tab that has lost the lead and does not know yet. */
  overhear(message) {
    if (message.ask) {
      const { state, detail } = this.#member.delivery;
      this.tell(state, detail);
    }
  }

  // ---- the source calls these

  /** Where to go on. */
  get position() {
    return this.#member.delivery.position;
  }

  /** Fulfilled when the application has reloaded its state: until then nothing is to be received. Nothing where it does not. */
  get reload() {
    return this.#member.delivery.reload;
  }

  /** @param {string} text whatever the server sends */
  hear(text) {
    this.#silence.end();
    this.#member.measurements.received(text);
  }

  /**
   * There is a connection.
   *
   * @param {number | undefined} asked when it was asked for, as `performance` says it, where that is known
   */
  arrive(asked) {
    this.#member.measurements.connected(asked);
  }

  /** There is no connection any more, or again none. */
  lose(why) {
    this.#member.measurements.lost();
    this.tell('connecting', why);
  }

  /**
   * @param {[string, string][]} items positions, and activities as text
   * @param {string} next the position behind them
   */
  receive(items, next) {
    const { delivery, kept } = this.#member;
    const prev = delivery.position;
    delivery.take(items, next);
    if (delivery.position !== prev) {
      this.#say(prev, items);
      kept.saveSoon();
    }
  }

  /** A gap is not passed on: it leaves a hole, and a tab that has one asks for itself, and is told what is its own. */
  skip(gap) {
    this.#member.delivery.skip(gap);
  }

  /** @param {import('../../trailcast.js').State} state */
  tell(state, detail) {
    this.#member.delivery.show(state, detail);
    this.#say(this.position, []);
  }

  /** It is of no use to ask again: this is the last state. */
  close(why, state) {
    this.#member.close(why, state);
  }

  #say(prev, items) {
    const { tabs, delivery } = this.#member;
    tabs.say(prev, items, delivery.position, [delivery.state, delivery.detail]);
  }
}
