/** How many a second, on average over the last whole seconds, or over those since it began. */
export class Rate {
  #counts; // of the second that is not over yet, and of those before it
  #second;
  #begun;

  /** How many in all. */
  total = 0;

  /** @param {number} seconds over how many */
  constructor(seconds) {
    this.#counts = new Array(seconds + 1).fill(0);
    this.#begun = this.#second = now();
  }

  add(number) {
    this.#turn();
    this.#counts[0] += number;
    this.total += number;
  }

  /** Over how many it is now. */
  get seconds() {
    this.#turn();
    return Math.max(1, Math.min(this.#counts.length - 1, this.#second - this.#begun - 1)); // without the one it began in
  }

  get perSecond() {
    const whole = this.#counts.slice(1, 1 + this.seconds);
    return whole.reduce((sum, number) => sum + number, 0) / whole.length;
  }

  clear() {
    this.#counts.fill(0);
    this.#begun = now();
    this.total = 0;
  }

  #turn() {
    const second = now();
    const passed = Math.min(second - this.#second, this.#counts.length);
    for (let i = 0; i < passed; i++) {
      this.#counts.pop();
      this.#counts.unshift(0);
    }
    this.#second = second;
  }
}

/** In seconds. */
const now = () => Math.floor(performance.now() / 1_000);
