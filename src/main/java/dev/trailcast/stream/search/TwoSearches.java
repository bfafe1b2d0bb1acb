package dev.trailcast.stream.search;

import java.util.function.Function;

/** A search, and behind it one that comes of what it has found. */
final class TwoSearches<T, R> implements Search<R> {
  private final Search<T> first;
  private final Function<T, Search<R>> next;
  private Search<R> second; // null until the first is over

  TwoSearches(Search<T> first, Function<T, Search<R>> next) {
    this.first = first;
    this.next = next;
    goOn();
  }

  private void goOn() {
    if (second == null && first.isOver()) {
      second = next.apply(first.found());
    }
  }

  @Override
  public boolean isOver() {
    return second != null && second.isOver();
  }

  @Override
  public long lookOn() {
    if (second != null) {
      return second.lookOn();
    }
    long looked = first.lookOn();
    goOn();
    return looked;
  }

  /** Where the first was left off, what comes of the part that it has found. */
  @Override
  public R found() {
    return (second == null ? next.apply(first.found()) : second).found();
  }
}
