package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;

/**
 * Says of most filters that they match none of the activities of a slice. Of what a prefix asks for
 * it knows as much as is asked for up to a separator: {@code /shops/12*} may be wherever {@code
 * /shops/} is. For one thread.
 */
public final class Sketch {
  /**
   * So many activities make a slice. Where each has an actor and a subject of its own, one of 200
   * filters seems to match that does not.
   */
  static final int ACTIVITIES = 512;

  /** What comes behind so many separators of a value is not looked at by itself. */
  private static final int MOST_SEPARATORS = 4;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final BloomFilter values;

  /** Of nothing. */
  Sketch() {
    this(new BloomFilter(ACTIVITIES));
  }

  private Sketch(BloomFilter values) {
    this.values = values;
  }

  /** From what {@link #toBytes} gave. */
  static Sketch of(byte[] bytes) {
    return new Sketch(BloomFilter.of(bytes));
  }

  byte[] toBytes() {
    return values.toBytes();
  }

  void add(Activity activity) {
    for (Attribute attribute : Attribute.values()) {
      add(attribute, attribute.of(activity));
    }
  }

  /**
   * Adds a value.
   *
   * @param value or null
   */
  void add(Attribute attribute, String value) {
    if (value == null) {
      return;
    }
    long hash = beginning(attribute);
    int separators = 0;
    for (int i = 0; i < value.length(); i++) {
      hash = next(hash, value.charAt(i));
      if (isSeparator(value.charAt(i)) && ++separators <= MOST_SEPARATORS) {
        values.add(mixed(hash));
      }
    }
    values.add(whole(hash));
  }

  /** False if the filter matches none of them. */
  public boolean mayHave(ActivityFilter filter) {
    for (Attribute attribute : Attribute.values()) {
      if (!mayHave(attribute, attribute.terms(filter))) {
        return false;
      }
    }
    return true;
  }

  private boolean mayHave(Attribute attribute, Terms terms) {
    return terms.isAny()
        || terms.exact().stream().anyMatch(value -> mayHave(attribute, value))
        || terms.prefixes().stream().anyMatch(prefix -> mayBegin(attribute, prefix));
  }

  /** False if no activity has this value of an attribute. */
  public boolean mayHave(Attribute attribute, String value) {
    long hash = beginning(attribute);
    for (int i = 0; i < value.length(); i++) {
      hash = next(hash, value.charAt(i));
    }
    return values.mayContain(whole(hash));
  }

  private boolean mayBegin(Attribute attribute, String prefix) {
    long hash = beginning(attribute);
    long known = hash;
    int separators = 0;
    for (int i = 0; i < prefix.length() && separators < MOST_SEPARATORS; i++) {
      hash = next(hash, prefix.charAt(i));
      if (isSeparator(prefix.charAt(i))) {
        separators++;
        known = hash;
      }
    }
    return separators == 0 || values.mayContain(mixed(known));
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '.' || c == ':';
  }

  /** By the hash of Fowler, Noll and Vo (FNV-1a), which goes on from character to character. */
  private static long beginning(Attribute attribute) {
    return next(FNV_OFFSET, (char) attribute.ordinal());
  }

  private static long next(long hash, char c) {
    return (hash ^ c) * FNV_PRIME;
  }

  private static long whole(long hash) {
    return mixed(~hash);
  }

  /** Each bit as good as random (the end of MurmurHash3, by Appleby). */
  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
