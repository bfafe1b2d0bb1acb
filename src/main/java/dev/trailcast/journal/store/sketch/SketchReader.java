package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.Attribute;
import dev.trailcast.journal.store.hash.SipHash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds where something may be. For one thread at a time.
 *
 * <p>An entry never comes to where a sketch says that it is not, so whoever reads entries there
 * later than the sketches misses nothing.
 */
public final class SketchReader {
  /** So many sketches are looked at in one go: in 4 to 8 ms. */
  static final int MOST = 512;

  /** As long as to pass over so many slices it takes to pass over a chapter. */
  private static final int CHAPTER = 8;

  private final PreparedStatement forward;
  private final PreparedStatement backward;
  private final PreparedStatement newestOfActors;
  private final PreparedStatement newestOfSubjects;
  private final PreparedStatement chapterOfActors;
  private final PreparedStatement chapterOfSubjects;
  private final PreparedStatement salt;

  /** Reads over this connection. */
  public SketchReader(Connection connection) throws SQLException {
    forward =
        connection.prepareStatement(
            """
            SELECT begins_after, up_to, filter FROM sketch
            WHERE up_to > ? ORDER BY up_to
            """);
    backward =
        connection.prepareStatement(
            """
            SELECT -up_to, -begins_after, filter FROM sketch
            WHERE up_to <= ifnull((SELECT min(up_to) FROM sketch WHERE up_to >= -?1), -?1)
            ORDER BY up_to DESC
            """);
    newestOfActors = newestOf(connection, "actors");
    newestOfSubjects = newestOf(connection, "subjects");
    chapterOfActors = chapterOf(connection, "actors");
    chapterOfSubjects = chapterOf(connection, "subjects");
    salt = connection.prepareStatement("SELECT salt FROM journal");
  }

  private static PreparedStatement newestOf(Connection connection, String values)
      throws SQLException {
    return connection.prepareStatement(
        """
        SELECT begins_after, up_to, filter, %s FROM sketch
        WHERE up_to <= ? ORDER BY up_to DESC LIMIT ?
        """
            .formatted(values));
  }

  private static PreparedStatement chapterOf(Connection connection, String values)
      throws SQLException {
    return connection.prepareStatement(
        """
        SELECT begins_after, up_to, %s FROM chapter
        WHERE up_to <= ifnull(
          (SELECT up_to FROM (SELECT * FROM chapter WHERE up_to >= ?1 ORDER BY up_to LIMIT 1)
           WHERE begins_after < ?1), ?1)
        ORDER BY up_to DESC LIMIT 1
        """
            .formatted(values));
  }

  /**
   * Where something may be, from the first place on. Only one of these is open at a time.
   *
   * @param condition whether something may be in a slice; empty if it may be anywhere
   */
  public SketchScan forward(Stretch within, Optional<Predicate<Sketch>> condition)
      throws SQLException {
    return new SketchScan(forward, within, false, condition);
  }

  /** The same from the last place back. */
  public SketchScan backward(Stretch within, Optional<Predicate<Sketch>> condition)
      throws SQLException {
    return new SketchScan(backward, within, true, condition);
  }

  /** Values that were found by now. */
  public KnownValues known(Collection<String> values) throws SQLException {
    try (ResultSet row = salt.executeQuery()) {
      row.next();
      return new KnownValues(new SipHash(row.getBytes(1)), values);
    }
  }

  /**
   * The last stretch that may have the newest entries of values that are not known.
   *
   * @param attribute which values are meant: the actor or the subject
   * @param condition whether such an entry may be in a slice
   */
  public Lead newest(
      Attribute attribute, Stretch within, Predicate<Sketch> condition, KnownValues known)
      throws SQLException {
    Chapter chapter = chapter(attribute, within.upTo(), known);
    if (chapter.isOver()) {
      long begin = Math.max(within.after(), chapter.edge());
      return new Lead(new Stretch(begin, begin), Optional.of(List.of()), CHAPTER);
    }
    return newestOfSlices(
        attribute, within.between(chapter.edge(), within.upTo()), condition, known);
  }

  /** Of those that are not known, in the chapter that reaches up to an offset or beyond it. */
  private Chapter chapter(Attribute attribute, long upTo, KnownValues known) throws SQLException {
    PreparedStatement chapter = attribute == Attribute.ACTOR ? chapterOfActors : chapterOfSubjects;
    chapter.setLong(1, upTo);
    try (ResultSet row = chapter.executeQuery()) {
      if (!row.next()) {
        return new Chapter(0, false);
      }
      if (row.getLong(2) < upTo) {
        return new Chapter(row.getLong(2), false);
      }
      byte[] values = row.getBytes(3);
      return new Chapter(row.getLong(1), values != null && Chapters.areKnown(values, known));
    }
  }

  /**
   * What lies behind an offset.
   *
   * @param isOver whether there is nothing to look for
   */
  private record Chapter(long edge, boolean isOver) {}

  private Lead newestOfSlices(
      Attribute attribute, Stretch within, Predicate<Sketch> condition, KnownValues known)
      throws SQLException {
    PreparedStatement slices = attribute == Attribute.ACTOR ? newestOfActors : newestOfSubjects;
    slices.setLong(1, within.upTo());
    slices.setInt(2, MOST);
    long at = within.upTo();
    int count = 0;
    try (ResultSet rows = slices.executeQuery()) {
      while (at > within.after() && rows.next()) {
        long upTo = rows.getLong(2);
        if (upTo < at) { // what lies in no slice may be anything
          return new Lead(within.between(upTo, at), Optional.empty(), count);
        }
        count++;
        Stretch slice = within.between(rows.getLong(1), upTo);
        if (condition.test(Sketch.of(rows.getBytes(3)))) {
          byte[] entries = rows.getBytes(4);
          if (entries == null) {
            return new Lead(slice, Optional.empty(), count);
          }
          List<Long> unknown = NewestEntries.unknown(entries, rows.getLong(1), known);
          if (!unknown.isEmpty()) {
            return new Lead(slice, Optional.of(unknown), count);
          }
        }
        at = slice.after();
      }
    }
    boolean isOver = count == MOST || at <= within.after();
    return isOver
        ? new Lead(new Stretch(at, at), Optional.of(List.of()), count)
        : new Lead(within.between(within.after(), at), Optional.empty(), count);
  }
}
