package dev.trailcast.ingest;

import dev.trailcast.activity.TraceContext;
import java.util.Optional;

/**
 * What a server does that traces requests: says of which trace this thread is a part, and takes how
 * long recording took. For use by many threads. A server need not have it; then there is no such
 * bean, and {@link #NONE} takes its place.
 */
public interface Tracing {
  /** Knows of no trace. */
  Tracing NONE =
      new Tracing() {
        @Override
        public Optional<TraceContext> current() {
          return Optional.empty();
        }

        @Override
        public Recording begin(Door door, int activities, Optional<TraceContext> trace) {
          return failure -> {};
        }
      };

  /** Of which trace this thread is a part; empty if of none. */
  Optional<TraceContext> current();

  /**
   * Activities are handed to the journal.
   *
   * @param trace of which they are a part, where this thread is of none
   */
  Recording begin(Door door, int activities, Optional<TraceContext> trace);

  /** Activities on their way to being durable. */
  interface Recording {
    /**
     * They are, or it is known that they are not. Called once, by any thread.
     *
     * @param failure why they are not; null if they are
     */
    void end(Throwable failure);
  }
}
