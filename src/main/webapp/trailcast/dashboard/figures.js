import { byId, say } from '../common/element.js';
import { count, duration, rate } from '../common/words.js';
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
      this.#latencies.add(Math.max(0, took));
    }
  }

  /** What the server says. */
  showStatistics({ perSecond, readers }) {
    const { mean, highest } = summary(perSecond);
    say(byId('rate'), count(perSecond.at(-1) ?? 0));
    say(byId('rate-more'), `${rate(mean)} on average, ${count(highest)} at most`);
    say(byId('readers'), count(readers));
    byId('figures').classList.remove('stale');
    say(byId('statistics-problem'), '');
  }

  /** The server does not say. */
  showProblem(problem) {
    byId('figures').classList.add('stale');
    say(byId('statistics-problem'), `No new figures: ${problem.message}.`);
  }

  /** What this page sees itself. */
  showOwn(received) {
    say(byId('received'), rate(received.perSecond));
    say(byId('received-more'), `${count(received.total)} to this page`);
    const [half, most] = [this.#latencies.within(0.5), this.#latencies.within(0.99)];
    say(byId('latency'), half === undefined ? UNKNOWN : duration(half));
    say(byId('latency-more'), [
      most === undefined ? 'p99 –' : `p99 ${duration(most)}`,
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
