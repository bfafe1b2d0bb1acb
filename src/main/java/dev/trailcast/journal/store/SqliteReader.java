package dev.trailcast.journal.store;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.NewestOfEach;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads what a node keeps, whoever gives the order, for any number of threads. Whatever it looks
 * for, it looks at a bounded stretch at a time.
 */
public final class SqliteReader implements JournalReader {
  private final ReaderPool readers;
  private final Supplier<Extent> extent;
  private final BooleanSupplier current;

  /**
   * @param extent how far may be read now; asked again and again, and never falls back within a
   *     history
   */
  public SqliteReader(ReaderPool readers, Supplier<Extent> extent) {
    this(readers, extent, () -> true);
  }

  /**
   * The same.
   *
   * @param current whether that is all that was recorded, as far as can be known
   */
  public SqliteReader(ReaderPool readers, Supplier<Extent> extent, BooleanSupplier current) {
    this.readers = readers;
    this.extent = extent;
    this.current = current;
  }

  @Override
  public boolean isCurrent() {
    return current.getAsBoolean();
  }

  @Override
  public Extent extent() {
    return extent.get();
  }

  @Override
  public JournalPage read(long after, int limit) {
    return read(after, ViewCondition.everything(), limit);
  }

  @Override
  public JournalPage read(long after, View view, int limit) {
    return read(after, ViewCondition.along(view), limit);
  }

  private JournalPage read(long asked, ViewCondition condition, int limit) {
    check("after", asked, limit);
    long after = Math.max(asked, floor());
    while (true) {
      Extent known = extent.get();
      long from = after;
      long upTo = known.head().offset();
      JournalPage page = readers.read(reader -> reader.oldest(known, from, upTo, condition, limit));
      long floor = floorAfter(known); // only now: what is missing below it may just have gone
      if (floor <= asked) {
        return page;
      }
      if (floor <= from || floor < page.upTo().offset()) {
        return beginningAt(known.at(Math.max(floor, from)), page);
      }
      after = floor; // all of it has gone meanwhile
    }
  }

  @Override
  public JournalPage newest(View view, long upTo, int limit) {
    check("upTo", upTo, limit);
    ViewCondition condition = ViewCondition.of(view);
    Extent known = extent.get();
    long from = Math.min(upTo, known.floor().offset());
    JournalPage page = readers.read(reader -> reader.newest(known, from, upTo, condition, limit));
    long floor = floorAfter(known); // only now, as above
    return floor <= page.after().offset()
        ? page
        : beginningAt(known.at(Math.min(floor, upTo)), page);
  }

  private void check(String name, long offset, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1, but is " + limit);
    }
    long head = head();
    if (offset < 0 || offset > head) {
      throw new IllegalArgumentException(
          "%s must be from 0 to %d, but is %d".formatted(name, head, offset));
    }
  }

  private JournalPage beginningAt(StreamPosition after, JournalPage page) {
    return new JournalPage(
        after,
        page.entries().stream().filter(entry -> entry.offset() > after.offset()).toList(),
        page.upTo());
  }

  @Override
  public StreamPosition before(Instant since) {
    Extent known = extent.get();
    long before = known.floor().offset(); // recorded earlier, as all that comes before it
    long found = known.head().offset() + 1; // recorded since then, as all that follows
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
    return known.at(Math.max(any ? before : known.head().offset(), floor()));
  }

  @Override
  public StreamPosition collect(NewestOfEach newest, View view, long upTo) {
    check("upTo", upTo, 1);
    ViewCondition condition = ViewCondition.of(view);
    long from = Math.min(upTo, floor());
    return extent.get().at(readers.read(reader -> reader.collect(from, upTo, condition, newest)));
  }

  /**
   * The floor as it is now.
   *
   * @throws JournalUnavailableException if what was read meanwhile may be of another history
   */
  private long floorAfter(Extent before) {
    Extent now = extent.get();
    if (!now.continues(before)) {
      throw new JournalUnavailableException("the journal has begun another history", null);
    }
    return now.floor().offset();
  }

  private long floor() {
    return extent.get().floor().offset();
  }

  private long head() {
    return extent.get().head().offset();
  }
}
