package dev.trailcast.stream.search;

import java.util.function.Function;

/**
 * Something that is looked for in the journal, one stretch after the other: so it can be left off
 * after any of them, with what was found by then. For one thread at a time.
 *
 * @param <T> what is found
 */
public interface Search<T> {
  /** Whether nothing is left to look for. */
  boolean isOver();

  /**
   * Looks through one more stretch, which takes some milliseconds. Not where it is over.
   *
   * @return how many places of the journal it has looked at
   * @throws dev.trailcast.journal.JournalUnavailableException if the journal can't be read
   */
  long lookOn();

  /** What was found by now: all of it where it is over. */
  T found();

  /** Nothing has to be looked for. */
  static <T> Search<T> over(T found) {
    return new Search<>() {
      @Override
      public boolean isOver() {
        return true;
      }

      @Override
      public long lookOn() {
        throw new IllegalStateException("it is over");
      }

      @Override
      public T found() {
        return found;
      }
    };
  }

  /** Then looks for what comes of what this one has found. */
  default <R> Search<R> then(Function<T, Search<R>> next) {
    return new TwoSearches<>(this, next);
  }
}
