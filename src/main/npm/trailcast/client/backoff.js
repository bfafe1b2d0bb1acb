const LEAST_DELAY = 500;
const MOST_DELAY = 30_000;

/**
 * How many milliseconds to wait after so many failures in a row: longer each time, and at random, for others have failed at
 * the same time.
 */
export function delayAfter(failures) {
  return LEAST_DELAY + Math.random() * (Math.min(MOST_DELAY, LEAST_DELAY * 2 ** failures) - LEAST_DELAY);
}
