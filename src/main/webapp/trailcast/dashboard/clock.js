const RECENT = 60;

/**
 * The server's clock as seen from here. An answer that says the time was made somewhere between asking and answering: so
 * the quickest of the recent answers tells best, and half of the time it took is the most it can be wrong.
 */
export class ServerClock {
  #samples = [];

  /**
   * @param {string} time what the server said
   * @param {number} asked the clock here, in ms since 1970, when it was asked,
   * @param {number} answered and when the answer began to come
   */
  sample(time, asked, answered) {
    const said = Date.parse(time);
    if (!Number.isNaN(said)) {
      this.#samples.push({ offset: said - (asked + answered) / 2, error: (answered - asked) / 2 });
      this.#samples = this.#samples.slice(-RECENT);
    }
  }

  /** What is to be added to the clock here, and how wrong that can be at most, in ms; undefined where it is not known yet. */
  get best() {
    return this.#samples.reduce((best, each) => (best && best.error <= each.error ? best : each), undefined);
  }
}
