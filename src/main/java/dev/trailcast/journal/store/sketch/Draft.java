package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.Attribute;
import dev.trailcast.journal.store.hash.BloomFilter;
import dev.trailcast.journal.store.hash.OffsetsByHash;
import dev.trailcast.journal.store.hash.SipHash;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a sketch is made from: every key of the activities of a slice, once, and where the newest
 * ones are. For one thread.
 */
final class Draft {
  /** What the newest of each value of can be asked for. */
  private static final Set<Attribute> NEWEST_OF = EnumSet.of(Attribute.ACTOR, Attribute.SUBJECT);

  /** One of 1,700 filters with one term seems to match that does not. */
  private static final int BITS_FOR_EACH = 16;

  private final long after;
  private final Map<Attribute, NewestEntries> newest = new EnumMap<>(Attribute.class);
  private final OffsetsByHash keys = new OffsetsByHash();
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
      String its = value.apply(attribute);
      if (its != null) {
        Keys.forEach(attribute, its, key -> keys.put(key, offset));
      }
    }
    newest.forEach((attribute, entries) -> entries.add(value.apply(attribute), offset));
    activities++;
  }

  /** The newest with each value of these attributes, as they are written, or null. */
  byte[] newest(Attribute attribute) {
    return newest.get(attribute).toBytes(after);
  }

  /** The sketch, as it is written. */
  byte[] toBytes() {
    BloomFilter filter = new BloomFilter(keys.size(), BITS_FOR_EACH);
    keys.forEach((key, offset) -> filter.add(key));
    return filter.toBytes();
  }
}
