package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore.Entries;
import dev.trailcast.journal.store.EntryStore.Filling;
import dev.trailcast.journal.store.EntryStore.Kept;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts some records of the topic into the store, each at its place. */
final class Copying implements Filling {
  // fixed at birth
  private final List<LogRecord> records;
  private final Extent before;
  private final long end;

  private final List<JournalEntry> entries = new ArrayList<>(); // those that are new, and canaries
  private final Map<Long, Receipt> receipts = new LinkedHashMap<>(); // of our own, by sequence
  private long recorded;

  /**
   * @param before how far the store reached
   * @param recorded when the last one was; time never runs backwards
   * @param end up to here there is no more
   */
  Copying(List<LogRecord> records, Extent before, Instant recorded, long end) {
    this.records = records;
    this.before = before;
    this.recorded = recorded.toEpochMilli();
    this.end = end;
  }

  @Override
  public void fill(Entries store) throws SQLException {
    for (LogRecord record : records) {
      if (record.activity().isEmpty()) {
        store.skip(record.at());
      } else if (record.activity().get().activity().isCanary()) {
        pass(record, record.activity().get(), store);
      } else if (record.at().offset() <= before.floor().offset()) {
        store.remember(record.activity().get().activity(), record.at());
      } else {
        add(record, record.activity().get(), store);
      }
    }
    store.moveTo(end);
  }

  /** Every node skips it, whose ever it is; the one that has sent it is told that it came. */
  private void pass(LogRecord record, EncodedActivity canary, Entries store) throws SQLException {
    store.skip(record.at());
    if (record.sequence().isPresent()) {
      entries.add(new JournalEntry(record.at(), Instant.ofEpochMilli(record.timestamp()), canary));
      receipts.put(record.sequence().getAsLong(), new Receipt(record.at(), Outcome.RECORDED));
    }
  }

  private void add(LogRecord record, EncodedActivity activity, Entries store) throws SQLException {
    recorded = Math.max(recorded, record.timestamp());
    JournalEntry entry = new JournalEntry(record.at(), Instant.ofEpochMilli(recorded), activity);
    Optional<Kept> kept = store.add(entry);
    if (kept.isEmpty()) {
      entries.add(entry);
    }
    if (record.sequence().isPresent()) {
      receipts.put(record.sequence().getAsLong(), receipt(record, activity, kept));
    }
  }

  private Receipt receipt(LogRecord record, EncodedActivity activity, Optional<Kept> kept) {
    return kept.map(first -> new Receipt(place(first.offset()), first.outcomeOf(activity)))
        .orElseGet(() -> new Receipt(record.at(), Outcome.RECORDED));
  }

  /** That of one that has come before: its era may just have begun. */
  private StreamPosition place(long offset) {
    for (JournalEntry entry : entries) {
      if (entry.offset() == offset) {
        return entry.position();
      }
    }
    return before.at(offset);
  }

  /** What is new, and canaries of this node, which are not kept. */
  List<JournalEntry> entries() {
    return entries;
  }

  /** What has become of those that this node has sent. */
  Map<Long, Receipt> receipts() {
    return receipts;
  }
}
