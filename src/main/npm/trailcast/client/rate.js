const RATE_SECONDS = 10;

/** How many a second, on average over the last ten. */
export class Rate {
  #seconds = []; // in which there was any, and how many

  count() {
    const second = Math.floor(performance.now() / 1_000);
    if (this.#seconds.at(-1)?.second !== second) {
      this.#seconds.push({ second, count: 0 });
      this.#seconds.splice(0, this.#seconds.length - RATE_SECONDS - 1);
    }
    this.#seconds.at(-1).count++;
  }

  get average() {
    const now = Math.floor(performance.now() / 1_000); // it is not over yet
    const recent = this.#seconds.filter(({ second }) => second < now && second >= now - RATE_SECONDS);
    return recent.reduce((sum, { count }) => sum + count, 0) / RATE_SECONDS;
  }
}
