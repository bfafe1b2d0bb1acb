/** How many a second, on average over the last whole seconds. */
export class Rate {
  #counts; // of the second that is not over yet, and of those before it
  #second = 0;

  /** How many in all. */
  total = 0;

  /** @param {number} seconds over how many */
  constructor(seconds) {
    this.#counts = new Array(seconds + 1).fill(0);
  }

  add(number) {
    this.#turn();
    this.#counts[0] += number;
    this.total += number;
  }

  get perSecond() {
    this.#turn();
    const [, ...whole] = this.#counts;
    return whole.reduce((sum, number) => sum + number, 0) / whole.length;
  }

  clear() {
    this.#counts.fill(0);
    this.total = 0;
  }

  #turn() {
    const second = Math.floor(performance.now() / 1_000);
    const passed = Math.min(second - this.#second, this.#counts.length);
    for (let i = 0; i < passed; i++) {
      this.#counts.pop();
      this.#counts.unshift(0);
    }
    this.#second = second;
  }
}
