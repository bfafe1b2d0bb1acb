package dev.trailcast.journal.store;

import dev.trailcast.activity.Attribute;
import java.util.HashSet;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Collects, from the newest backwards, one entry for each value of an attribute. */
final class NewestOfEach {
  private final Attribute attribute;
  private final int most;
  private final Set<String> values = new HashSet<>();
  private final NavigableSet<Long> offsets = new TreeSet<>();

  NewestOfEach(Attribute attribute, int most) {
    this.attribute = attribute;
    this.most = most;
  }

  /** The attribute's column. */
  String column() {
    return attribute.name().toLowerCase(Locale.ROOT);
  }

  boolean isFull() {
    return offsets.size() >= most;
  }

  /** Whether an entry with this value is still looked for. */
  boolean wants(String value) {
    return value != null && !isFull() && !values.contains(value);
  }

  void add(String value, long offset) {
    values.add(value);
    offsets.add(offset);
  }

  NavigableSet<Long> offsets() {
    return offsets;
  }
}
