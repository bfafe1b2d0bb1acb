import { compare } from './position.js';
import { sha256 } from './sha256.js';

const TYPE = 'trailcast.erased';

/** That everything was erased that an actor had done up to a place. It has a digest of the name, not the name. */
export class Erasure {
  #salt;
  #digest;
  #upTo;
  #known = new Map(); // actors, and whether it is of theirs

  /** @param {{salt: string, sha256: string, upTo: string}} data */
  constructor({ salt, sha256: digest, upTo }) {
    this.#salt = salt;
    this.#digest = digest;
    this.#upTo = upTo;
    Object.freeze(this);
  }

  /** The one that an activity of Trailcast's own tells of, if it does. */
  static of(activity) {
    return activity.type === TYPE ? new Erasure(activity.data) : undefined;
  }

  /** Whether an activity was erased that stood at this position. */
  includes(activity, position) {
    const { actor } = activity;
    if (actor === undefined || !(compare(position, this.#upTo) <= 0)) { // of another journal it is in no order
      return false;
    }
    if (!this.#known.has(actor)) {
      this.#known.set(actor, sha256(this.#salt + actor) === this.#digest);
    }
    return this.#known.get(actor);
  }
}
