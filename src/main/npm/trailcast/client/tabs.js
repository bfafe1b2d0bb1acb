const EVERYBODY = 'trailcast'; // the channel of all subscriptions

/**
 * Which of the browser's tabs leads: the one that holds the lock; the others hear of it by a channel. A browser that lacks
 * either, or refuses it, lets every tab lead for itself.
 *
 * A message of the leader is `{prev, items, next, state}`: what lies behind `prev` and up to `next`, and its state, with the
 * detail. One of a follower is `{ask: true}`.
 */
export class Tabs {
  #name;
  #member;
  #channel;
  #forgetting;
  #pending = new AbortController();
  #release;
  #left = false;
  #outgoing; // what is said next: many activities are one message
  #turn = new MessageChannel(); // ends the browser's task; a timer would, but in a tab that is hidden seconds later

  /**
   * @param {string} name those of the same name have one leader
   * @param {import('./member.js').Member} member
   */
  constructor(name, member) {
    this.#name = `trailcast ${name}`;
    this.#member = member;
    this.#turn.port1.onmessage = () => this.#flush();
  }

  /** Closes the subscriptions of all other tabs, for what they have kept is being wiped. */
  static forget() {
    const channel = channelOf(EVERYBODY);
    channel?.postMessage('forget');
    channel?.close();
  }

  /** From now on the member is told what it is, and what it hears. */
  join() {
    this.#forgetting = channelOf(EVERYBODY, () => this.#member.close('forgotten'));
    this.#channel = channelOf(this.#name, message => this.#member.overhear(message));
    if (this.#channel) {
      this.#queue();
      this.ask();
    } else {
      this.#member.lead();
    }
  }

  #queue() {
    this.#pending = new AbortController();
    this.#request({ signal: this.#pending.signal });
  }

  /** Takes the lead from a tab that does not answer. */
  steal() {
    this.#pending.abort();
    this.#request({ steal: true });
  }

  async #request(options) {
    let granted = false;
    try {
      await navigator.locks.request(this.#name, options, () => new Promise(resolve => {
        granted = true;
        this.#release = resolve;
        if (this.#left) {
          resolve();
        } else {
          this.#member.lead();
        }
      }));
    } catch {
      if (this.#left || (!granted && options.signal?.aborted)) {
        return;
      }
      if (granted) { // and stolen
        this.#member.follow();
        this.#queue();
      } else { // a page without TLS, or without an origin of its own, gets no locks
        this.alone();
      }
    }
  }

  /** Leads without a lock, as every tab then does: there is nothing to tell them. */
  alone() {
    this.#pending.abort();
    this.#channel.close();
    this.#channel = undefined;
    this.#member.lead();
  }

  /** The leader answers. */
  ask() {
    this.#channel?.postMessage({ ask: true });
  }

  /** Says, as the leader, what came behind `prev`, and how it stands. */
  say(prev, items, next, state) {
    if (!this.#channel || this.#left) {
      return;
    }
    if (this.#outgoing && this.#outgoing.next !== prev) {
      this.#flush(); // a gap lies between: what is one message has no holes
    }
    if (!this.#outgoing) {
      this.#outgoing = { prev, items: [] };
      this.#turn.port2.postMessage(0);
    }
    this.#outgoing.items.push(...items);
    Object.assign(this.#outgoing, { next, state });
  }

  #flush() {
    const message = this.#outgoing;
    this.#outgoing = undefined;
    if (message && !this.#left) {
      this.#channel?.postMessage(message);
    }
  }

  leave() {
    this.#left = true;
    this.#pending.abort();
    this.#release?.();
    this.#turn.port1.close();
    this.#channel?.close();
    this.#forgetting?.close();
  }
}

/**
 * What all tabs hear that have opened it by this name; nothing where the browser gives none. That it has one says little: with
 * all cookies blocked, Firefox has one and refuses it.
 */
function channelOf(name, hear) {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }) => hear?.(data);
    return channel;
  } catch {
    return undefined;
  }
}
