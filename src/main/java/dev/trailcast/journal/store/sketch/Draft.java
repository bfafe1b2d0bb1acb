package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.Attribute;
import dev.trailcast.journal.store.hash.BloomFilter;
import dev.trailcast.journal.store.hash.SipHash;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a sketch is made from: every key of the activities of a slice, once, and where the newest
 * ones are. Open addressing, for a set of objects costs more than all the rest of it. For one
 * thread.
 */
final class Draft {
  /** What the newest of each value of can be asked for. */
  static final Set<Attribute> NEWEST_OF = EnumSet.of(Attribute.ACTOR, Attribute.SUBJECT);

  /** One of 1,700 filters with one term seems to match that does not. */
  private static final int BITS_FOR_EACH = 16;

  private static final long NONE = 0; // no key is
  private static final int FIRST_PLACES = 1_024;

  private final long after;
  private final Map<Attribute, NewestEntries> newest = new EnumMap<>(Attribute.class);
  private long[] keys = new long[FIRST_PLACES];
  private int size;
  private int activities;

  /**
   * Of nothing.
   *
   * @param after the slice begins behind this offset
   * @param hash by which values are told apart
   */
  Draft(long after, SipHash hash) {
    this.after = after;
    NEWEST_OF.forEach(attribute -> newest.put(attribute, new NewestEntries(hash)));
  }

  /** The slice begins behind this offset. */
  long after() {
    return after;
  }

  /** How many there are. */
  int activities() {
    return activities;
  }

  /**
   * Adds an activity, at an offset behind all others.
   *
   * @param value what it has of an attribute, or null
   */
  void add(long offset, Function<Attribute, String> value) {
    for (Attribute attribute : Attribute.values()) {
      add(attribute, value.apply(attribute));
    }
    newest.forEach((attribute, entries) -> entries.add(value.apply(attribute), offset));
    activities++;
  }

  private void add(Attribute attribute, String value) {
    if (value != null) {
      Keys.forEach(attribute, value, this::add);
    }
  }

  private void add(long key) {
    int place = place(key);
    if (keys[place] == NONE) {
      keys[place] = key;
      if (2 * ++size > keys.length) {
        grow();
      }
    }
  }

  private int place(long key) {
    int mask = keys.length - 1;
    int place = (int) key & mask;
    while (keys[place] != NONE && keys[place] != key) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    long[] all = keys;
    keys = new long[2 * all.length];
    for (long key : all) {
      if (key != NONE) {
        keys[place(key)] = key;
      }
    }
  }

  /** The newest with each value of these attributes, as they are written, or null. */
  byte[] newest(Attribute attribute) {
    return newest.get(attribute).toBytes(after);
  }

  /** The sketch, as it is written. */
  byte[] toBytes() {
    BloomFilter filter = new BloomFilter(size, BITS_FOR_EACH);
    for (long key : keys) {
      if (key != NONE) {
        filter.add(key);
      }
    }
    return filter.toBytes();
  }
}
