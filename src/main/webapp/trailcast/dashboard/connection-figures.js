import { Rate } from '../client/rate.js';
import { byId, say } from '../common/element.js';
import { bytes, count, duration, rate } from '../common/words.js';

const UNKNOWN = '–';
const BANDWIDTH_SECONDS = 5;
const ERRORS_SECONDS = 60;

/** How well the page is connected, as its subscription measures it. */
export class ConnectionFigures {
  #bytes = new Rate(BANDWIDTH_SECONDS);
  #errors = new Rate(ERRORS_SECONDS);
  #before = { bytes: 0, errors: 0 };

  /** Another subscription counts from the beginning. */
  clear() {
    this.#bytes.clear();
    this.#before = { bytes: 0, errors: 0 };
  }

  /**
   * Every second, or after a while.
   *
   * @param {import('../../trailcast.js').Measurements} measured
   * @param {number} perSecond how many activities come as they happen
   */
  look(measured, perSecond) {
    this.#bytes.add(measured.bytes - this.#before.bytes);
    this.#errors.add(measured.errors - this.#before.errors);
    this.#before = measured;
    const shared = measured.connectionMilliseconds === undefined;
    const latency = known(measured.connectionMilliseconds);
    const bandwidth = shared ? UNKNOWN : `${bytes(this.#bytes.perSecond)}/s`;
    say(byId('connection-latency'), latency);
    say(byId('delivery-rate'), `${rate(perSecond)}/s`);
    say(byId('reconnection-time'), measured.reconnections === 0 ? 'no cut yet'
      : `${known(measured.reconnectionMilliseconds)}, ${count(measured.reconnections)} in all`);
    say(byId('bandwidth'), bandwidth);
    say(byId('error-rate'), `${count(this.#errors.perSecond * this.#errors.seconds)} in a minute, ${count(measured.errors)} in all`);
    say(byId('connection-summary'), shared ? '' : `${latency} · ${bandwidth}`);
  }
}

const known = ms => ms === undefined ? UNKNOWN : duration(ms);
