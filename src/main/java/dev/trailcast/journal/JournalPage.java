package dev.trailcast.journal;

import java.util.List;

/**
 * A stretch of the journal.
 *
 * @param after where it begins: where it was asked to, or later where the journal no longer has
 *     what lies between
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
