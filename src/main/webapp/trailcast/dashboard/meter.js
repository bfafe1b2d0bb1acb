const SECONDS = 5;

/** How many a second, over the last whole seconds. */
export class Meter {
  #counts = new Array(SECONDS + 1).fill(0);
  #second = 0;

  /** How many in all. */
  total = 0;

  add(number, now = Date.now()) {
    this.#turn(now);
    this.#counts[0] += number;
    this.total += number;
  }

  perSecond(now = Date.now()) {
    this.#turn(now);
    return this.#counts.slice(1).reduce((sum, number) => sum + number, 0) / SECONDS;
  }

  clear() {
    this.#counts.fill(0);
    this.total = 0;
  }

  #turn(now) {
    const second = Math.floor(now / 1000);
    const passed = Math.min(second - this.#second, this.#counts.length);
    for (let i = 0; i < passed; i++) {
      this.#counts.pop();
      this.#counts.unshift(0);
    }
    this.#second = second;
  }
}
