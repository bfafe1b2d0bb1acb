package dev.trailcast.journal;

import java.util.Optional;

/**
 * A place in a journal: just behind the entry with this offset, or at the very beginning with 0. It
 * is the same for every reader, and what stands on the wire as the {@code id} of an event.
 *
 * @param epoch names the journal's history: another journal, one that was reset, or one that goes
 *     on from an older copy has another epoch; {@code [a-z0-9]{1,32}}
 * @param offset the number of the entry, counted from 1 and strictly forward, with holes
 */
public record StreamPosition(String epoch, long offset) {
  private static final int LONGEST_EPOCH = 32;
  private static final int MOST_DIGITS = 18;

  public StreamPosition {
    if (!isEpoch(epoch)) {
      throw new IllegalArgumentException("epoch must be [a-z0-9]{1,32}, not " + epoch);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative, but is " + offset);
    }
  }

  /** The position whose {@link #toString() text} this is; empty if it is none's. */
  public static Optional<StreamPosition> parse(String text) {
    int dash = text.indexOf('-');
    int digits = text.length() - dash - 1;
    if (dash < 0 || !isEpoch(text.substring(0, dash)) || digits < 1 || digits > MOST_DIGITS) {
      return Optional.empty();
    }
    for (int i = dash + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return Optional.empty();
      }
    }
    return Optional.of(
        new StreamPosition(
            text.substring(0, dash), Long.parseLong(text, dash + 1, text.length(), 10)));
  }

  /** The position of the same journal at another offset. */
  public StreamPosition at(long otherOffset) {
    return new StreamPosition(epoch, otherOffset);
  }

  /** {@code epoch-offset}: only characters that an HTTP header and a URL take as they are. */
  @Override
  public String toString() {
    return epoch + '-' + offset;
  }

  private static boolean isEpoch(String text) {
    boolean allowed = !text.isEmpty() && text.length() <= LONGEST_EPOCH;
    for (int i = 0; allowed && i < text.length(); i++) {
      char c = text.charAt(i);
      allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return allowed;
  }
}
