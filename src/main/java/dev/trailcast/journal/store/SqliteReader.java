package dev.trailcast.journal.store;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The reading half of the journal, for any number of threads. Whatever it looks for, it looks at a
 * bounded stretch at a time: a long scan would hold a connection, and the log as it was when the
 * scan began.
 */
public final class SqliteReader {
  /** So many entries are looked at in one go: 2 to 4 ms where hardly any belong to the view. */
  private static final int STRETCH = 10_000;

  /** So many of the newest are looked for in one go: 4 ms where all belong to the view. */
  private static final int NEWEST = 1_000;

  private final ReaderPool readers;
  private final Supplier<Extent> extent;

  public SqliteReader(ReaderPool readers, Supplier<Extent> extent) {
    this.readers = readers;
    this.extent = extent;
  }

  public JournalPage read(long after, int limit) {
    return read(after, ViewCondition.everything(), limit);
  }

  public JournalPage read(long after, View view, int limit) {
    return read(after, ViewCondition.of(view), limit);
  }

  private JournalPage read(long asked, ViewCondition condition, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, but is " + limit);
    }
    Extent known = extent.get();
    if (asked < 0 || asked > known.head()) {
      throw new IllegalArgumentException(
          "after must be from 0 to %d, but is %d".formatted(known.head(), asked));
    }
    long after = Math.max(asked, known.floor());
    while (true) {
      long from = after;
      long upTo = Math.min(extent.get().head(), from + STRETCH);
      JournalPage page = readers.read(reader -> reader.page(from, upTo, condition, limit));
      long floor = extent.get().floor(); // only now: what is missing below it may just have gone
      if (floor <= asked) {
        return page;
      }
      if (floor <= from || floor < page.upTo().offset()) {
        return beginningAt(Math.max(floor, from), page);
      }
      after = floor; // all of it has gone meanwhile
    }
  }

  private JournalPage beginningAt(long after, JournalPage page) {
    return new JournalPage(
        page.after().at(after),
        page.entries().stream().filter(entry -> entry.offset() > after).toList(),
        page.upTo());
  }

  public StreamPosition before(Instant since) {
    Extent known = extent.get();
    long before = known.floor(); // recorded earlier, as all that comes before it
    long found = known.head() + 1; // recorded since then, as all that follows
    boolean any = false;
    while (found - before > 1) {
      long middle = (before + found) >>> 1;
      long end = found - 1;
      Optional<EntryReader.Place> next = readers.read(reader -> reader.first(middle - 1, end));
      if (next.isPresent() && next.get().recorded().isBefore(since)) {
        before = next.get().offset();
      } else {
        found = middle; // also where there is nothing any more between it and what was found
        any |= next.isPresent();
      }
    }
    return known.at(Math.max(any ? before : known.head(), extent.get().floor()));
  }

  public StreamPosition beforeNewest(int count, View view, long upTo) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative, but is " + count);
    }
    ViewCondition condition = ViewCondition.of(view);
    long before = upTo;
    long end = upTo;
    int missing = count;
    while (missing > 0 && end > extent.get().floor()) {
      long to = end;
      int wanted = Math.min(missing, NEWEST);
      long from = Math.max(to - STRETCH, extent.get().floor());
      EntryReader.Newest newest = readers.read(r -> r.newest(from, to, condition, wanted));
      if (newest.found() > 0) {
        before = newest.oldest() - 1;
      }
      missing -= newest.found();
      end = newest.found() == wanted ? newest.oldest() - 1 : from;
    }
    Extent known = extent.get();
    return known.at(Math.max(before, known.floor()));
  }

  public NavigableSet<Long> newestOfEach(Attribute attribute, View view, long upTo, int most) {
    ViewCondition condition = ViewCondition.of(view);
    NewestOfEach newest = new NewestOfEach(attribute, most);
    for (long end = upTo; !newest.isFull() && end > extent.get().floor(); end -= STRETCH) {
      long to = end;
      long from = Math.max(to - STRETCH, extent.get().floor());
      readers.read(reader -> reader.collect(from, to, condition, newest));
    }
    return newest.offsets();
  }
}
