package dev.trailcast.journal;

import dev.trailcast.activity.Attribute;
import java.util.Collections;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects, from the newest backwards, one entry for each value of an attribute: the state of
 * things. For one thread at a time.
 */
public final class NewestOfEach {
  private final Attribute attribute;
  private final int most;
  private final Set<String> values = new HashSet<>();
  private final NavigableSet<Long> offsets = new TreeSet<>();

  /**
   * @param most how many at most; then they are the newest
   */
  public NewestOfEach(Attribute attribute, int most) {
    this.attribute = attribute;
    this.most = most;
  }

  public Attribute attribute() {
    return attribute;
  }

  public boolean isFull() {
    return offsets.size() >= most;
  }

  /** Whether an entry with this value is still looked for. */
  public boolean wants(String value) {
    return value != null && !isFull() && !values.contains(value);
  }

  /** Adds an entry that is wanted. */
  public void add(String value, long offset) {
    values.add(value);
    offsets.add(offset);
  }

  /** Of which an entry was added. */
  public Set<String> values() {
    return Collections.unmodifiableSet(values);
  }

  /** Of the entries. */
  public NavigableSet<Long> offsets() {
    return offsets;
  }
}
