const RECENT = 500;
const RECENT_MS = 300_000; // as long as the chart shows

/** How long the recent ones took. */
export class Latencies {
  #recent = []; // oldest first

  /** @param {number} at when it came, in ms since 1970 */
  add(ms, at) {
    this.#recent.push({ ms, at });
    this.#recent = this.#recent.slice(-RECENT);
  }

  /** How long ago the oldest of them came, in ms; undefined where there are none. */
  since(now) {
    this.#recent = this.#recent.filter(({ at }) => now - at < RECENT_MS);
    return this.#recent.length === 0 ? undefined : now - this.#recent[0].at;
  }

  /** What this share of them stayed within, 0.5 or 0.99; undefined where there are none. */
  within(share) {
    const sorted = this.#recent.map(({ ms }) => ms).sort((a, b) => a - b);
    return sorted[Math.ceil(share * sorted.length) - 1];
  }

  clear() {
    this.#recent = [];
  }
}
