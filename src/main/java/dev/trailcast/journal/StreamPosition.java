package dev.trailcast.journal;

import java.util.Optional;

/**
 * A place in a journal: just behind the entry with this offset, or at the very beginning with 0. It
 * is the same for every reader, and what stands on the wire as the {@code id} of an event.
 *
 * @param epoch names the journal's history: another journal, one that was reset, or one that goes
 *     on from an older copy has another epoch; {@code [a-z0-9]{1,32}}
 * @param era which of those who have given the order one after the other, in this history, has
 *     given this place, or a later one (see {@link Lineage}); 0 where there is but one
 * @param offset the number of the entry, counted from 1 and strictly forward, with holes
 */
public record StreamPosition(String epoch, int era, long offset) {
  private static final int LONGEST_EPOCH = 32;
  private static final int MOST_DIGITS = 18;
  private static final int MOST_ERA_DIGITS = 9;
  private static final char DOT = '.';

  public StreamPosition {
    if (!isEpoch(epoch)) {
      throw new IllegalArgumentException("epoch must be [a-z0-9]{1,32}, not " + epoch);
    }
    if (era < 0) {
      throw new IllegalArgumentException("era must not be negative, but is " + era);
    }
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative, but is " + offset);
    }
  }

  /** In a history of one era. */
  public StreamPosition(String epoch, long offset) {
    this(epoch, 0, offset);
  }

  /** The position whose {@link #toString() text} this is; empty if it is none's. */
  public static Optional<StreamPosition> parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0 || !isNumber(text, dash + 1, text.length(), MOST_DIGITS)) {
      return Optional.empty();
    }
    int dot = text.indexOf(DOT);
    boolean hasEra = dot >= 0 && dot < dash;
    String epoch = text.substring(0, hasEra ? dot : dash);
    if (!isEpoch(epoch) || (hasEra && !isEra(text, dot + 1, dash))) {
      return Optional.empty();
    }
    int era = hasEra ? Integer.parseInt(text, dot + 1, dash, 10) : 0;
    long offset = Long.parseLong(text, dash + 1, text.length(), 10);
    return Optional.of(new StreamPosition(epoch, era, offset));
  }

  /** The position of the same history and era at another offset. */
  public StreamPosition at(long otherOffset) {
    return new StreamPosition(epoch, era, otherOffset);
  }

  /**
   * {@code epoch-offset} or {@code epoch.era-offset}: only characters that an HTTP header and a URL
   * take as they are.
   */
  @Override
  public String toString() {
    return era == 0 ? epoch + '-' + offset : epoch + DOT + era + '-' + offset;
  }

  private static boolean isEpoch(String text) {
    boolean allowed = !text.isEmpty() && text.length() <= LONGEST_EPOCH;
    for (int i = 0; allowed && i < text.length(); i++) {
      char c = text.charAt(i);
      allowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return allowed;
  }

  /** As it is written: one position has one text. */
  private static boolean isEra(String text, int from, int to) {
    return isNumber(text, from, to, MOST_ERA_DIGITS) && text.charAt(from) != '0';
  }

  private static boolean isNumber(String text, int from, int to, int mostDigits) {
    boolean allowed = from < to && to - from <= mostDigits;
    for (int i = from; allowed && i < to; i++) {
      allowed = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return allowed;
  }
}
