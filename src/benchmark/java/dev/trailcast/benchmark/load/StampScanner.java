package dev.trailcast.benchmark.load;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * Finds the numbers of {@link Stamp}s in bytes that come in pieces, cut anywhere. It looks at one
 * byte in every {@code run}, so that reading costs the generator much less than writing costs the
 * server, and allocates nothing.
 */
final class StampScanner {
  private static final long EIGHT_MARKS = 0x7e7e7e7e7e7e7e7eL;

  private enum State {
    SEEKING,
    IN_RUN,
    IN_DIGITS
  }

  private final int stride;
  private State state = State.SEEKING;
  private int ahead; // how far into the next piece the next byte to look at is
  private int digits;
  private long number;

  StampScanner(Stamp stamp) {
    stride = stamp.run();
  }

  /** Takes the next piece: from an index, inclusive, to another, exclusive. */
  void scan(ByteBuffer bytes, int from, int to, LongConsumer found) {
    int at = from + ahead;
    while (at < to) {
      switch (state) {
        case SEEKING -> {
          if (bytes.get(at) == Stamp.MARK) {
            state = State.IN_RUN;
          } else {
            at += stride;
          }
        }
        case IN_RUN -> {
          at = endOfRun(bytes, at, to);
          if (at < to) {
            state = State.IN_DIGITS;
            digits = 0;
            number = 0;
          }
        }
        case IN_DIGITS -> {
          number = number * 10 + (bytes.get(at++) - '0');
          if (++digits == Stamp.DIGITS) {
            state = State.SEEKING;
            found.accept(number);
          }
        }
      }
    }
    ahead = at - to;
  }

  private static int endOfRun(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at + Long.BYTES <= to && bytes.getLong(at) == EIGHT_MARKS) {
      at += Long.BYTES;
    }
    while (at < to && bytes.get(at) == Stamp.MARK) {
      at++;
    }
    return at;
  }
}
