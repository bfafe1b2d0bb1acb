const RECENT = 500;

/** How long the recent ones took. */
export class Latencies {
  #recent = [];

  add(ms) {
    this.#recent.push(ms);
    if (this.#recent.length > RECENT) {
      this.#recent.shift();
    }
  }

  get count() {
    return this.#recent.length;
  }

  /** What this share of them stayed within, 0.5 or 0.99; undefined where there are none. */
  within(share) {
    const sorted = [...this.#recent].sort((a, b) => a - b);
    return sorted[Math.ceil(share * sorted.length) - 1];
  }

  clear() {
    this.#recent = [];
  }
}
