import { ask } from '../common/problem.js';

const EVERY_MS = 1000;
const LONGEST_MS = 15_000; // between two questions where the server does not answer

/**
 * Asks for the server's statistics once a second, while somebody looks. It is no second stream: over HTTP/1.1 a browser
 * has six connections to a server for all of its tabs, and each question measures the way there and back, for the clock.
 */
export class Statistics {
  #query;
  #clock;
  #told;
  #failed;
  #timer;
  #asking;
  #pause = EVERY_MS;

  /**
   * @param {ServerClock} clock
   * @param {function(object)} told called with what the server answers,
   * @param {function(Problem)} failed and with why it does not
   */
  constructor(clock, told, failed) {
    this.#clock = clock;
    this.#told = told;
    this.#failed = failed;
    document.addEventListener('visibilitychange', () => this.#again());
  }

  /** Asks from now on with these filters. */
  follow(query) {
    this.#query = query;
    this.#again();
  }

  #again() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#pause = EVERY_MS;
    if (!document.hidden && this.#query !== undefined) {
      this.#ask();
    }
  }

  async #ask() {
    const asking = this.#asking = new AbortController();
    const asked = Date.now();
    try {
      const statistics = await ask(`api/stats?${this.#query}`, { signal: asking.signal, cache: 'no-store' });
      this.#clock.sample(statistics.time, asked, Date.now());
      this.#pause = EVERY_MS;
      this.#told(statistics);
    } catch (problem) {
      if (asking.signal.aborted) {
        return;
      }
      this.#pause = Math.min(LONGEST_MS, this.#pause * 2);
      this.#failed(problem);
    }
    this.#timer = setTimeout(() => this.#ask(), this.#pause);
  }
}
