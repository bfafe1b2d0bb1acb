package dev.trailcast.journal.store;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.NewestOfEach;
import dev.trailcast.journal.store.sketch.KnownValues;
import dev.trailcast.journal.store.sketch.Lead;
import dev.trailcast.journal.store.sketch.Sketch;
import dev.trailcast.journal.store.sketch.SketchReader;
import dev.trailcast.journal.store.sketch.SketchScan;
import dev.trailcast.journal.store.sketch.Stretch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads entries over a connection of its own; for one thread at a time. A stretch is read in one
 * state of the file; those of one page may be of several. A method looks at a bounded number of
 * entries: a long scan would hold the connection, and the log as it was when the scan began.
 */
final class EntryReader implements AutoCloseable {
  private static final Logger LOG = System.getLogger(EntryReader.class.getName());

  /** So many entries are looked at in one go: 2 to 4 ms where hardly any belong to the view. */
  static final int STRETCH = 10_000;

  /** Looked at for {@link #collect} in one go, in rows: about 5 ms. */
  private static final int MOST_COLLECTING = 2_000;

  /** So many entries are passed over by their sketches in the time that one takes to look at. */
  private static final int PASSED_PER_LOOKED = 16;

  /** What a slice that is passed over takes, in rows that are collected. */
  private static final int SLICE_COST = 4;

  /** More than so many are not read one by one: all of the slice takes no longer. */
  private static final int MOST_BY_OFFSET = 100;

  /** A page ends behind the activity that fills this much. */
  private static final int PAGE_BYTES = 256 * 1_024;

  private static final int MOST_REPORTS = 1_000;

  private static final String OLDEST_FIRST = " ORDER BY offset";
  private static final String NEWEST_FIRST = " ORDER BY offset DESC";

  private final Connection connection;
  private final Set<Long> reported;
  private final PreparedStatement first;
  private final SketchReader sketches;
  private final Optional<OpenFile> file;

  /** An entry's place, in the journal and in time. */
  record Place(long offset, Instant recorded) {}

  /**
   * Opens a connection.
   *
   * @param reported the offsets that were reported as unreadable, for all readers together
   */
  static EntryReader open(Database database, Set<Long> reported) throws SQLException {
    Optional<OpenFile> file = database.opened();
    Connection connection = database.openForReading();
    try {
      return new EntryReader(connection, file, reported);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private EntryReader(Connection connection, Optional<OpenFile> file, Set<Long> reported)
      throws SQLException {
    this.connection = connection;
    this.file = file;
    this.reported = reported;
    this.sketches = new SketchReader(connection);
    this.first =
        connection.prepareStatement(
            """
            SELECT offset, recorded FROM entry
            WHERE offset > ? AND offset <= ? ORDER BY offset LIMIT 1
            """);
  }

  /** Whether it reads from the file that is written. */
  boolean isCurrent(Database database) {
    return file.equals(database.opened());
  }

  /**
   * The oldest entries behind {@code after} and up to {@code upTo}, or fewer of them.
   *
   * @param extent of the journal, which reaches that far
   */
  JournalPage oldest(Extent extent, long after, long upTo, ViewCondition condition, int limit)
      throws SQLException {
    Finding finding = new Finding(extent, condition, limit);
    long at = after;
    try (PreparedStatement select = select("offset", condition, OLDEST_FIRST);
        SketchScan scan = sketches.forward(new Stretch(after, upTo), condition.sketched())) {
      while (at < upTo && !finding.isOver()) {
        Stretch stretch = scan.next(STRETCH);
        finding.passOver(stretch.after() - at);
        at = finding.find(select, stretch).orElse(stretch.upTo());
      }
    }
    return new JournalPage(extent.at(after), finding.entries, extent.at(at));
  }

  /** The newest entries, or fewer of them, behind an offset and up to another, in journal order. */
  JournalPage newest(Extent extent, long after, long upTo, ViewCondition condition, int limit)
      throws SQLException {
    Finding finding = new Finding(extent, condition, limit);
    long at = upTo;
    try (PreparedStatement select = select("offset", condition, NEWEST_FIRST);
        SketchScan scan = sketches.backward(new Stretch(after, upTo), condition.sketched())) {
      while (at > after && !finding.isOver()) {
        Stretch stretch = scan.next(STRETCH);
        finding.passOver(at - stretch.upTo());
        OptionalLong last = finding.find(select, stretch);
        at = last.isPresent() ? last.getAsLong() - 1 : stretch.after();
      }
    }
    Collections.reverse(finding.entries);
    return new JournalPage(extent.at(at), finding.entries, extent.at(upTo));
  }

  /** A page that is being found, one stretch after the other. */
  private final class Finding {
    private final Extent extent;
    private final ViewCondition condition;
    private final int limit;
    private final List<JournalEntry> entries = new ArrayList<>();
    private int bytes;
    private long looked;

    Finding(Extent extent, ViewCondition condition, int limit) {
      this.extent = extent;
      this.condition = condition;
      this.limit = limit;
    }

    /** Whether that was enough in one go. */
    boolean isOver() {
      return isFull() || looked >= STRETCH;
    }

    private boolean isFull() {
      return entries.size() >= limit || bytes >= PAGE_BYTES;
    }

    /** So many entries need not be looked at. */
    void passOver(long places) {
      looked += places / PASSED_PER_LOOKED;
    }

    /**
     * Adds what of a stretch belongs to the view.
     *
     * @return the offset that was looked at last, where that filled the page; else none is left
     */
    OptionalLong find(PreparedStatement select, Stretch stretch) throws SQLException {
      if (stretch.isEmpty()) {
        return OptionalLong.empty();
      }
      looked += stretch.upTo() - stretch.after();
      select.setLong(1, stretch.after());
      select.setLong(2, stretch.upTo());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long offset = rows.getLong(1);
          long recorded = rows.getLong(2);
          byte[] json = rows.getBytes(3);
          bytes += json.length; // also of what is left out below: it was work
          activity(offset, json)
              .filter(encoded -> condition.includes(encoded.activity()))
              .ifPresent(encoded -> entries.add(entry(extent, offset, recorded, encoded)));
          if (isFull()) {
            return OptionalLong.of(offset);
          }
        }
      }
      return OptionalLong.empty();
    }
  }

  /**
   * Adds the entries, or fewer of them, behind an offset and up to another that are the newest of
   * theirs; says behind where it has looked.
   */
  long collect(long after, long upTo, ViewCondition condition, NewestOfEach newest)
      throws SQLException {
    KnownValues known = sketches.known(newest.values());
    Predicate<Sketch> sketched = condition.sketched().orElse(slice -> true);
    long at = upTo;
    int cost = 0;
    try (PreparedStatement select = select(column(newest.attribute()), condition, NEWEST_FIRST)) {
      Collecting collecting = new Collecting(select, condition, newest, known);
      while (at > after && !newest.isFull() && cost < MOST_COLLECTING) {
        Lead lead = sketches.newest(newest.attribute(), new Stretch(after, at), sketched, known);
        at = Math.max(lead.stretch().after(), lead.stretch().upTo() - STRETCH);
        Stretch stretch = new Stretch(at, lead.stretch().upTo());
        cost += lead.slices() * SLICE_COST + collecting.collect(stretch, lead.offsets());
      }
    }
    return at;
  }

  /** Adds the newest of each from what is looked at, newest first. */
  private final class Collecting {
    private final PreparedStatement select;
    private final ViewCondition condition;
    private final NewestOfEach newest;
    private final KnownValues known;

    Collecting(
        PreparedStatement select, ViewCondition condition, NewestOfEach newest, KnownValues known) {
      this.select = select;
      this.condition = condition;
      this.newest = newest;
      this.known = known;
    }

    /**
     * Goes by those that are known to be the newest of a stretch, where they are few. If one does
     * not belong to the view, an older one may.
     *
     * @return how many entries were looked at
     */
    int collect(Stretch stretch, Optional<List<Long>> offsets) throws SQLException {
      if (offsets.isEmpty() || offsets.get().size() > MOST_BY_OFFSET) {
        return collect(stretch);
      }
      int looked = 0;
      for (long offset : offsets.get()) {
        if (newest.isFull() || offset <= stretch.after()) {
          break; // the others were let go
        }
        int before = newest.offsets().size();
        looked += collect(new Stretch(offset - 1, offset));
        if (newest.offsets().size() == before) {
          return looked + collect(new Stretch(stretch.after(), offset - 1));
        }
      }
      return looked;
    }

    private int collect(Stretch stretch) throws SQLException {
      int looked = 0;
      select.setLong(1, stretch.after());
      select.setLong(2, stretch.upTo());
      try (ResultSet rows = select.executeQuery()) {
        while (!newest.isFull() && rows.next()) {
          looked++;
          long offset = rows.getLong(1);
          String value = rows.getString(4);
          if (newest.wants(value)
              && activity(offset, rows.getBytes(3))
                  .filter(encoded -> condition.includes(encoded.activity()))
                  .isPresent()) {
            newest.add(value, offset);
            known.add(value);
          }
        }
      }
      return looked;
    }
  }

  private static String column(Attribute attribute) {
    return attribute.name().toLowerCase(Locale.ROOT);
  }

  /** Where the oldest entry behind {@code after} and up to {@code upTo} is. */
  Optional<Place> first(long after, long upTo) throws SQLException {
    first.setLong(1, after);
    first.setLong(2, upTo);
    try (ResultSet row = first.executeQuery()) {
      return row.next()
          ? Optional.of(new Place(row.getLong(1), Instant.ofEpochMilli(row.getLong(2))))
          : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /**
   * What belongs to a view, behind the offset that is its first parameter and up to the second.
   *
   * @param column is read, too
   */
  private PreparedStatement select(String column, ViewCondition condition, String order)
      throws SQLException {
    PreparedStatement select =
        connection.prepareStatement(
            "SELECT offset, recorded, json, "
                + column
                + " FROM entry WHERE offset > ? AND offset <= ?"
                + condition.sql()
                + order);
    int parameter = 2;
    for (Object argument : condition.arguments()) {
      select.setObject(++parameter, argument);
    }
    return select;
  }

  /** Empty if it can't be read: a damaged entry must not keep anyone from those behind it. */
  private Optional<EncodedActivity> activity(long offset, byte[] json) {
    try {
      return Optional.of(
          new EncodedActivity(ActivityReader.read(new String(json, StandardCharsets.UTF_8)), json));
    } catch (RuntimeException e) {
      if (reported.size() < MOST_REPORTS && reported.add(offset)) {
        LOG.log(
            Level.ERROR,
            "TRAIL0114E: The entry at offset {0} of the journal is damaged and left out ({1}).",
            Long.toString(offset),
            e.getClass().getName()); // not its message, which may quote what it found
      }
      return Optional.empty();
    }
  }

  private static JournalEntry entry(
      Extent extent, long offset, long recorded, EncodedActivity encoded) {
    return new JournalEntry(extent.at(offset), Instant.ofEpochMilli(recorded), encoded);
  }
}
