package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore.Entries;
import dev.trailcast.journal.store.EntryStore.Kept;
import dev.trailcast.journal.store.identity.Identities;
import dev.trailcast.journal.store.identity.Identity;
import dev.trailcast.journal.store.sketch.Sketches;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** How far a transaction has come that is not committed yet. */
final class Adding implements Entries {
  private final EntryTable table;
  private final Order order;
  private final Identities identities;
  private final Sketches sketches;
  private final Optional<UnappliedErasures> erasures;
  private final long keptBehind; // only what comes behind it is to be kept

  private long floor;
  private long head;
  private long recorded;
  private long kept;
  private long letGo; // how many entries
  private long added; // likewise
  private boolean isToBeTold;

  /**
   * @param standing that it begins with
   */
  Adding(
      EntryTable table,
      Order order,
      Identities identities,
      Sketches sketches,
      Optional<UnappliedErasures> erasures,
      Standing standing) {
    this.table = table;
    this.order = order;
    this.identities = identities;
    this.sketches = sketches;
    this.erasures = erasures;
    this.keptBehind = standing.floor();
    this.floor = standing.floor();
    this.head = standing.head();
    this.recorded = standing.recorded();
    this.kept = standing.kept();
  }

  /** Deletes the oldest. */
  void letGo(long newFloor) throws SQLException {
    letGo = table.deleteUpTo(newFloor);
    kept -= letGo;
    order.expire(newFloor);
    sketches.expire(newFloor);
    floor = newFloor;
    isToBeTold = true;
  }

  @Override
  public Optional<Kept> add(JournalEntry entry) throws SQLException {
    StreamPosition place = entry.position();
    check(place, Math.max(head, keptBehind));
    Identity identity = identities.of(entry.activity());
    OptionalLong before = identities.find(identity, place.offset());
    if (before.isPresent()) {
      if (order.placesRepeats()) {
        identities.repeat(identity, place.offset(), before.getAsLong());
        enter(place);
        isToBeTold = true;
      }
      return Optional.of(find(before.getAsLong()));
    }
    table.insert(entry, entry.recorded().toEpochMilli());
    identities.add(identity, place.offset());
    sketches.add(entry.activity(), place.offset());
    enter(place);
    recorded = entry.recorded().toEpochMilli();
    kept++;
    added++;
    if (erasures.isPresent() && entry.activity().isErasure()) {
      erasures.get().add(entry);
    }
    return Optional.empty();
  }

  /** The one at this place. */
  private Kept find(long offset) throws SQLException {
    return new Kept(offset, table.json(offset).flatMap(Adding::activity));
  }

  private static Optional<Activity> activity(byte[] json) {
    try {
      return Optional.of(ActivityReader.read(new String(json, StandardCharsets.UTF_8)));
    } catch (RuntimeException e) { // is said by whoever reads it
      return Optional.empty();
    }
  }

  @Override
  public void remember(Activity activity, StreamPosition place) throws SQLException {
    check(place, head);
    if (place.offset() > keptBehind) {
      throw new IllegalArgumentException(place + " is behind the floor: it is to be kept");
    }
    Identity identity = identities.of(activity);
    OptionalLong before = identities.find(identity, place.offset());
    if (before.isPresent()) {
      identities.repeat(identity, place.offset(), before.getAsLong());
    } else {
      identities.add(identity, place.offset());
    }
    enter(place);
    isToBeTold = true;
  }

  @Override
  public void skip(StreamPosition place) throws SQLException {
    check(place, head);
    enter(place);
    isToBeTold = true;
  }

  @Override
  public void pass(Instant when) {
    recorded = Math.max(recorded, when.toEpochMilli());
    isToBeTold = true;
  }

  @Override
  public void moveTo(long offset) {
    if (offset < head) {
      throw new IllegalArgumentException(
          "it has come to %d already, not %d".formatted(head, offset));
    }
    isToBeTold |= offset > head;
    head = offset;
  }

  private void check(StreamPosition place, long last) {
    if (place.offset() <= last || !place.epoch().equals(order.epoch())) {
      throw new IllegalArgumentException(
          "%s does not come behind %d of %s".formatted(place, last, order.epoch()));
    }
  }

  private void enter(StreamPosition place) throws SQLException {
    order.enter(place);
    head = place.offset();
  }

  /** Whether the entries do not tell how far it has come. */
  boolean isToBeTold() {
    return isToBeTold;
  }

  /** How many entries it lets go. */
  long letGo() {
    return letGo;
  }

  /** How many entries it adds. */
  long added() {
    return added;
  }

  Standing standing() {
    return new Standing(floor, head, recorded, kept);
  }
}
