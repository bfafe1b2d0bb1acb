package dev.trailcast.benchmark.attack;

import java.time.Duration;

/**
 * The longest that somebody waited.
 *
 * @param published for an activity to be acknowledged
 * @param seen for it to arrive at a reader, from when it was first sent
 * @param joined for a new stream to begin
 */
record Experience(Duration published, Duration seen, Duration joined) {
  /** The longest of all. */
  Duration longest() {
    return longer(longer(published, seen), joined);
  }

  /** The longer of each. */
  Experience or(Experience other) {
    return new Experience(
        longer(published, other.published), longer(seen, other.seen), longer(joined, other.joined));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
