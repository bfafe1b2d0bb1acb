package dev.trailcast.stream.trail;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.NewestOfEach;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.TestFrames;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/** A journal in memory that has the entries, the holes and the troubles that a test gives it. */
public final class ScriptedJournal implements JournalReader {
  // guarded by this
  private final TreeMap<Long, JournalEntry> entries = new TreeMap<>();
  private Extent extent = new Extent(TestFrames.START, TestFrames.START);
  private IntConsumer trouble = read -> {};
  private int most = Integer.MAX_VALUE;
  private int reads;
  private int looks;
  private int given;

  /** What appending entries with these offsets announces. */
  public JournalPage append(long... offsets) {
    return append(null, offsets);
  }

  /** The same, each with this for its data. */
  public JournalPage appendWith(String data, long from, long to) {
    return append(data, LongStream.rangeClosed(from, to).toArray());
  }

  private synchronized JournalPage append(String data, long... offsets) {
    List<JournalEntry> added = new ArrayList<>();
    for (long offset : offsets) {
      Activity bare = Activity.of("alice", "counted", Long.toString(offset));
      Activity activity = data == null ? bare : bare.withData(data);
      added.add(new JournalEntry(extent.at(offset), Instant.EPOCH, EncodedActivity.of(activity)));
    }
    added.forEach(entry -> entries.put(entry.offset(), entry));
    return moveTo(offsets[offsets.length - 1], added);
  }

  public JournalPage appendAll(long from, long to) {
    return append(LongStream.rangeClosed(from, to).toArray());
  }

  /** What is announced where records are skipped. */
  public synchronized JournalPage skipTo(long offset) {
    return moveTo(offset, List.of());
  }

  private JournalPage moveTo(long offset, List<JournalEntry> added) {
    StreamPosition before = extent.head();
    extent = new Extent(extent.floor(), extent.at(offset), extent.lineage(), extent.reach());
    return new JournalPage(before, added, extent.head());
  }

  /** Retention takes what lies up to here. */
  public synchronized void expire(long offset) {
    extent = extent.withFloor(offset);
    entries.headMap(offset, true).clear();
  }

  /** From now on it is another history, which is empty. */
  public synchronized void beginAnew(StreamPosition start) {
    entries.clear();
    extent = new Extent(start, start);
  }

  /** Elsewhere as much as this may have been told. */
  public synchronized void mayComeTo(long offset) {
    extent = new Extent(extent.floor(), extent.head(), extent.lineage(), offset);
  }

  /** What happens before each read, counted from 1; it may wait or throw. */
  public synchronized void beforeReading(IntConsumer trouble) {
    this.trouble = trouble;
  }

  /** From now on no page has more entries. */
  public synchronized void givePagesOf(int most) {
    this.most = most;
  }

  /** How often it was read from. */
  synchronized int reads() {
    return reads;
  }

  /** How many entries it has given out. */
  public synchronized int given() {
    return given;
  }

  /** How often it was asked how far it reaches. */
  synchronized int looks() {
    return looks;
  }

  @Override
  public synchronized Extent extent() {
    looks++;
    return extent;
  }

  @Override
  public JournalPage read(long after, int limit) {
    return read(after, TestFrames.EVERYTHING, limit);
  }

  @Override
  public JournalPage read(long asked, View view, int limit) {
    suffer();
    synchronized (this) {
      long after = Math.max(asked, extent.floor().offset());
      List<JournalEntry> found = new ArrayList<>();
      for (JournalEntry entry : entries.tailMap(after, false).values()) {
        if (view.includes(entry.activity())) {
          found.add(entry);
        }
        if (found.size() == Math.min(limit, most)) {
          return give(after, found, entry.offset());
        }
      }
      return give(after, found, extent.head().offset());
    }
  }

  @Override
  public JournalPage newest(View view, long upTo, int limit) {
    suffer();
    synchronized (this) {
      List<JournalEntry> found = new ArrayList<>();
      for (JournalEntry entry : entries.headMap(upTo, true).descendingMap().values()) {
        if (view.includes(entry.activity())) {
          found.add(entry);
        }
        if (found.size() == Math.min(limit, most)) {
          Collections.reverse(found);
          return give(entry.offset() - 1, found, upTo);
        }
      }
      Collections.reverse(found);
      return give(Math.min(upTo, extent.floor().offset()), found, upTo);
    }
  }

  private JournalPage give(long after, List<JournalEntry> found, long upTo) {
    given += found.size();
    return new JournalPage(extent.at(after), found, extent.at(upTo));
  }

  /** Without the lock: it may take its time. */
  private void suffer() {
    IntConsumer now;
    int read;
    synchronized (this) {
      now = trouble;
      read = ++reads;
    }
    now.accept(read);
  }

  @Override
  public StreamPosition before(Instant since) {
    throw new UnsupportedOperationException("no test looks for a time");
  }

  @Override
  public synchronized StreamPosition collect(NewestOfEach newest, View view, long upTo) {
    int looked = 0;
    for (JournalEntry entry : entries.headMap(upTo, true).descendingMap().values()) {
      String value = newest.attribute().of(entry.activity());
      if (view.includes(entry.activity()) && newest.wants(value)) {
        newest.add(value, entry.offset());
      }
      if (++looked == most) {
        return extent.at(entry.offset() - 1);
      }
    }
    return extent.at(Math.min(upTo, extent.floor().offset()));
  }
}
