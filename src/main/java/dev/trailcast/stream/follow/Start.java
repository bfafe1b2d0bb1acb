package dev.trailcast.stream.follow;

import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;

/**
 * Where somebody begins who follows for the first time. Afterwards it goes on where it was,
 * whatever is said here.
 */
@FunctionalInterface
public interface Start {
  /**
   * The place in a journal.
   *
   * @throws dev.trailcast.journal.JournalUnavailableException if it can't be read
   */
  StreamPosition in(JournalReader journal);

  /** With the oldest that is kept. */
  static Start oldest() {
    return journal -> journal.extent().floor();
  }

  /** With what is recorded from now on. */
  static Start latest() {
    return journal -> journal.extent().head();
  }

  /** Behind a position; if it is none of this journal's, there is a gap. */
  static Start after(StreamPosition position) {
    return journal -> position;
  }

  /** With what was recorded since then. */
  static Start since(Instant time) {
    return journal -> journal.before(time);
  }
}
