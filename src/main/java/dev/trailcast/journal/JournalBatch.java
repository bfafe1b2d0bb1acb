package dev.trailcast.journal;

import java.util.List;

/**
 * What one commit made durable: entries in journal order, at least one. Fired as a CDI event
 * qualified with {@link Appended}.
 */
public record JournalBatch(List<JournalEntry> entries) {
  public JournalBatch {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one entry");
    }
  }
}
