package dev.trailcast.activity;

import java.time.OffsetDateTime;

/**
 * What an activity gets that was told without. It is asked only for what is missing. The source
 * needs none: that is {@link Activity#DEFAULT_SOURCE}.
 */
public interface Completion {
  /** For one that has just happened: a new id, and the present moment. */
  Completion NEW =
      new Completion() {
        @Override
        public String id() {
          return Activity.newId();
        }

        @Override
        public OffsetDateTime time() {
          return Rfc3339.now();
        }
      };

  /** An id that no other activity of this source has. */
  String id();

  /** When it happened. */
  OffsetDateTime time();
}
