const BATCH = 5; // rows at a time when not all can be shown: four steps a second can be followed, twenty can't

/**
 * What of a fast trail is shown: all of it up to a rate, and of what is faster the newest. Bounded, whatever comes. What is `own`
 * is awaited by somebody, and never left out.
 */
export class Sampler {
  #most;
  #perSecond;
  #burst;
  #waiting = [];
  #budget;
  #refilled;

  /** How many were left out since the beginning. */
  leftOut = 0;

  /**
   * @param {number} most how many may wait
   * @param {number} perSecond how many are shown a second for long,
   * @param {number} burst and how many at once after a quiet time
   */
  constructor(most, perSecond, burst) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#budget = burst;
  }

  get waiting() {
    return this.#waiting.length;
  }

  /** Takes one in; where too many wait, the oldest is left out. */
  offer(item) {
    this.#waiting.push(item);
    this.#leaveOut(this.#waiting.length - this.#most);
  }

  /** All that wait, oldest first. */
  takeAll() {
    return this.#waiting.splice(0);
  }

  /** What is to be shown now, oldest first; nothing where it is better to wait for the next frame. */
  take(now) {
    const seconds = (now - (this.#refilled ?? now)) / 1000;
    this.#refilled = now;
    this.#budget = Math.min(this.#burst, this.#budget + seconds * this.#perSecond);
    if (this.#waiting.length > this.#budget) {
      if (this.#budget < BATCH) {
        return [];
      }
      this.#leaveOut(this.#waiting.length - Math.floor(this.#budget));
    }
    this.#budget -= this.#waiting.length;
    return this.takeAll();
  }

  #leaveOut(number) {
    let left = number;
    if (left > 0) {
      this.#waiting = this.#waiting.filter(item => item.own || left-- <= 0);
      this.leftOut += number - Math.max(0, left);
    }
  }

  erase(isErased) {
    this.#waiting = this.#waiting.filter(item => !isErased(item));
  }

  clear() {
    this.#waiting = [];
    this.leftOut = 0;
  }
}
