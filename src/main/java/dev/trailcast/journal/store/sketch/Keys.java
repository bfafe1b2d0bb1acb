package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.Attribute;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * What a value is known by: a key for itself, and one for some of its beginnings, so that a prefix
 * is looked for by the longest of these that it has. They end behind each separator, and 2, 4, 6
 * and 8 characters behind that or the value's own beginning: {@code user-1234*} is looked for by
 * just that, {@code user-12345*} by the same.
 */
final class Keys {
  /** Further beginnings of a value have no key. */
  static final int MOST_BEGINNINGS = 8;

  private static final int STEP = 2;
  private static final int LAST_STEP = 8;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Keys() {}

  /** Gives all of a value's. */
  static void forEach(Attribute attribute, String value, LongConsumer keys) {
    keys.accept(whole(walk(attribute, value, keys)));
  }

  /** The one that a value has for itself. */
  static long of(Attribute attribute, String value) {
    return whole(walk(attribute, value, key -> {}));
  }

  /** One that all values have which begin like this; empty where there is none. */
  static OptionalLong ofBeginning(Attribute attribute, String prefix) {
    long[] last = {0};
    walk(attribute, prefix, key -> last[0] = key);
    return last[0] == 0 ? OptionalLong.empty() : OptionalLong.of(last[0]);
  }

  /** Gives those of the beginnings, and returns the hash of the whole. */
  private static long walk(Attribute attribute, String value, LongConsumer beginnings) {
    long hash = next(FNV_OFFSET, (char) attribute.ordinal());
    int given = 0;
    int steps = 0; // since the last separator
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      hash = next(hash, c);
      steps = isSeparator(c) ? 0 : steps + 1;
      if (given < MOST_BEGINNINGS && steps <= LAST_STEP && steps % STEP == 0) {
        beginnings.accept(key(hash));
        given++;
      }
    }
    return hash;
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == '.' || c == ':' || c == '-' || c == '_' || c == '@';
  }

  /** By the hash of Fowler, Noll and Vo (FNV-1a), which goes on from character to character. */
  private static long next(long hash, char c) {
    return (hash ^ c) * FNV_PRIME;
  }

  private static long whole(long hash) {
    return key(~hash);
  }

  /** Each bit as good as random (the end of MurmurHash3, by Appleby), and never 0. */
  private static long key(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    mixed ^= mixed >>> 33;
    return mixed == 0 ? 1 : mixed;
  }
}
