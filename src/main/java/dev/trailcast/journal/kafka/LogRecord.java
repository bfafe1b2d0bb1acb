package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.StreamPosition;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A record of the topic, as far as it matters here.
 *
 * @param at its place
 * @param timestamp when it was written, as the brokers say: epoch milliseconds
 * @param activity empty if it is none
 * @param sequence by which this node has sent it; empty if it was somebody else
 */
record LogRecord(
    StreamPosition at, long timestamp, Optional<EncodedActivity> activity, OptionalLong sequence) {
  /** One that is passed over. */
  static LogRecord skipped(StreamPosition at, long timestamp) {
    return new LogRecord(at, timestamp, Optional.empty(), OptionalLong.empty());
  }
}
