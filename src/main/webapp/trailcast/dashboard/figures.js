import { byId, say } from '../common/element.js';
import { count, duration, rate, span } from '../common/words.js';
import { summary } from './chart.js';
import { Latencies } from './latencies.js';

const LONGEST_MS = 60_000; // an activity that is older when it comes says more of its producer than of the way here
const UNKNOWN = '–';

/** The numbers on top. */
export class Figures {
  #clock;
  #latencies = new Latencies();
  #own;

  /** @param {ServerClock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** An activity of the live trail has come to the screen; `own` is its way from here to here, where it was recorded here. */
  drawn(activity, at, own) {
    this.#own = own ?? this.#own;
    const clock = this.#clock.best;
    const took = clock && at + clock.offset - Date.parse(activity.time);
    if (took >= -clock?.error && took < LONGEST_MS) {
      this.#latencies.add(Math.max(0, took), at);
    }
  }

  /**
   * What the server says.
   *
   * @param {number} seconds over how many of the newest is what is delivered an average: what is recorded is one over as many,
   *   or else it would look as if something were lost
   */
  showStatistics({ perSecond, readers }, seconds) {
    const { mean, highest } = summary(perSecond);
    say(byId('rate'), rate(summary(perSecond.slice(-seconds)).mean));
    say(byId('rate-more'), `${span(perSecond.length * 1000)}: mean ${rate(mean)}, most ${count(highest)}`);
    say(byId('readers'), count(readers));
    byId('figures').classList.remove('stale');
    say(byId('statistics-problem'), '');
  }

  /** The server does not say. */
  showProblem(problem) {
    byId('figures').classList.add('stale');
    say(byId('statistics-problem'), `No new figures: ${problem.message.replace(/\.?$/, '.')}`);
  }

  /** What this page sees itself: how many a second have come as they happened, and how many in all. */
  showOwn(perSecond, total) {
    say(byId('received'), rate(perSecond));
    say(byId('received-more'), `${count(total)} to this page in all`);
    const since = this.#latencies.since(Date.now());
    say(byId('latency'), since === undefined ? UNKNOWN : duration(this.#latencies.within(0.5)));
    say(byId('latency-more'), [
      since === undefined ? 'no row came live yet' : `p99 ${duration(this.#latencies.within(0.99))}, over ${span(since)}`,
      this.#own === undefined ? '' : `own ${duration(this.#own)}`,
    ].filter(Boolean).join(' · '));
    this.#sayClock();
  }

  clear() {
    this.#latencies.clear();
  }

  #sayClock() {
    const clock = this.#clock.best;
    if (clock) {
      say(byId('clock'), `which is known here to ± ${duration(clock.error)}`);
    }
  }
}
