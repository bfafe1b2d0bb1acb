package dev.trailcast.journal;

import java.util.List;

/**
 * A stretch of the journal: what was read, or what has just become durable. Everything that lies in
 * it and was asked for is among its entries, which may be none: there are offsets without an entry.
 *
 * @param after where it begins; where it was read on from a position, that one, or later where the
 *     journal no longer has what lies between
 * @param entries what lies in it, in journal order
 * @param upTo where it ends; equal to {@code after} where there was nothing more
 */
public record JournalPage(StreamPosition after, List<JournalEntry> entries, StreamPosition upTo) {
  public JournalPage {
    entries = List.copyOf(entries);
    if (upTo.offset() < after.offset()) {
      throw new IllegalArgumentException("a page can't end at " + upTo + " before " + after);
    }
  }
}
