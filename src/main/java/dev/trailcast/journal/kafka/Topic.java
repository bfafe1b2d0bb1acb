package dev.trailcast.journal.kafka;

import dev.trailcast.journal.StreamPosition;
import org.apache.kafka.common.Uuid;

/**
 * The topic as it is at one moment.
 *
 * @param epoch of the positions in it: a topic that is made anew has another one
 * @param start Kafka's offset of the oldest record that it has; also how many there were before
 * @param end Kafka's offset of the next record
 */
record Topic(String epoch, long start, long end) {
  private static final int EPOCH_LENGTH = 13; // of 64 bits

  Topic(Uuid id, long start, long end) {
    this(epoch(id), start, end);
  }

  /** Of 128 bits, most of them random, as many as tell any two topics apart. */
  static String epoch(Uuid id) {
    long bits = id.getMostSignificantBits() ^ id.getLeastSignificantBits();
    String text = Long.toUnsignedString(bits, Character.MAX_RADIX);
    return "0".repeat(EPOCH_LENGTH - text.length()) + text;
  }

  /** The position just before its oldest record. Ours count from 1, Kafka's from 0. */
  StreamPosition beginning() {
    return new StreamPosition(epoch, start);
  }
}
