package dev.trailcast.journal.embedded;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.Receipt.Outcome;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.store.EntryStore.Entries;
import dev.trailcast.journal.store.EntryStore.Filling;
import dev.trailcast.journal.store.EntryStore.Kept;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the order: gives each activity of some appends the next place, each next to the one before,
 * or finds the place that it has had.
 */
final class Commit implements Filling {
  // fixed at birth
  private final List<Append> appends;
  private final StreamPosition head;
  private final Instant time;

  private final List<JournalEntry> entries = new ArrayList<>(); // those that are new
  private final List<JournalEntry> canaries = new ArrayList<>(); // that are told of, and not kept
  private final List<List<Receipt>> receipts; // for each append

  /**
   * @param head behind which they go
   * @param time when they are recorded
   */
  Commit(List<Append> appends, StreamPosition head, Instant time) {
    this.appends = appends;
    this.head = head;
    this.time = time;
    this.receipts = new ArrayList<>(appends.size());
  }

  @Override
  public void fill(Entries store) throws SQLException {
    for (Append append : appends) {
      List<Receipt> own = new ArrayList<>(append.activities().size());
      for (EncodedActivity activity : append.activities()) {
        own.add(add(activity, store));
      }
      receipts.add(List.copyOf(own));
    }
  }

  private Receipt add(EncodedActivity activity, Entries store) throws SQLException {
    if (activity.activity().isCanary()) {
      return pass(activity, store);
    }
    StreamPosition next = head.at(head.offset() + entries.size() + 1);
    JournalEntry entry = new JournalEntry(next, time, activity);
    Optional<Kept> kept = store.add(entry);
    if (kept.isEmpty()) {
      entries.add(entry);
      return new Receipt(next, Outcome.RECORDED);
    }
    return new Receipt(head.at(kept.get().offset()), kept.get().outcomeOf(activity));
  }

  /** It takes no place: nobody is to be moved by it, and no entry to be let go for it. */
  private Receipt pass(EncodedActivity canary, Entries store) {
    store.pass(time);
    StreamPosition here = head.at(head.offset() + entries.size());
    canaries.add(new JournalEntry(here, time, canary));
    return new Receipt(here, Outcome.RECORDED);
  }

  /** What is new. */
  JournalPage page() {
    List<JournalEntry> all = entries;
    if (!canaries.isEmpty()) {
      all = new ArrayList<>(entries);
      all.addAll(canaries);
    }
    return new JournalPage(head, all, head.at(head.offset() + entries.size()));
  }

  /** Answers all who wait for it. */
  void acknowledge() {
    for (int i = 0; i < appends.size(); i++) {
      appends.get(i).receipts().complete(receipts.get(i));
    }
  }
}
