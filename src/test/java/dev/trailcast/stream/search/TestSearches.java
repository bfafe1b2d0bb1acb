package dev.trailcast.stream.search;

/** Searches without the threads that usually look on. */
public final class TestSearches {
  private TestSearches() {}

  /** What a search finds if nobody leaves it off. */
  public static <T> T all(Search<T> search) {
    return after(Integer.MAX_VALUE, search);
  }

  /** What it has found where it is left off after some stretches. */
  public static <T> T after(int stretches, Search<T> search) {
    for (int i = 0; i < stretches && !search.isOver(); i++) {
      search.lookOn();
    }
    return search.found();
  }
}
