/**
 * Whether the feed stands still, and why: somebody pressed pause, reads a row, has scrolled down, or the tab is hidden.
 * It goes on when the last reason is gone.
 */
export class Hold {
  #reasons = new Set();
  #changed;

  /** @param {function()} changed called when a reason came or went */
  constructor(changed) {
    this.#changed = changed;
  }

  get held() {
    return this.#reasons.size > 0;
  }

  has(reason) {
    return this.#reasons.has(reason);
  }

  /** Sets or drops a reason. */
  set(reason, holds) {
    if (holds !== this.#reasons.has(reason)) {
      if (holds) {
        this.#reasons.add(reason);
      } else {
        this.#reasons.delete(reason);
      }
      this.#changed();
    }
  }

  /** Drops every reason. */
  clear() {
    this.#reasons.clear();
    this.#changed();
  }
}
