package dev.trailcast.activity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which activities a reader asks for: by type, actor, source and subject; any of the terms of one
 * attribute, and all of the attributes. An attribute without terms is not asked about. Equal
 * filters are equal objects, in whatever order their terms were given.
 */
public record ActivityFilter(Terms types, Terms actors, Terms sources, Terms subjects) {
  /** Asks for everything. */
  public static final ActivityFilter ALL =
      new ActivityFilter(Terms.ANY, Terms.ANY, Terms.ANY, Terms.ANY);

  /**
   * The same, of these types alone.
   *
   * @param terms any of which is to match: a value, or with a trailing {@code *} the beginning of
   *     one; a trailing {@code \*} is the end of a value. None: of any type
   * @throws IllegalArgumentException if a term is empty
   */
  public ActivityFilter withTypes(String... terms) {
    return new ActivityFilter(Terms.parse(List.of(terms)), actors, sources, subjects);
  }

  /** The same, by these actors alone; terms as in {@link #withTypes}. */
  public ActivityFilter withActors(String... terms) {
    return new ActivityFilter(types, Terms.parse(List.of(terms)), sources, subjects);
  }

  /** The same, of these sources alone; terms as in {@link #withTypes}. */
  public ActivityFilter withSources(String... terms) {
    return new ActivityFilter(types, actors, Terms.parse(List.of(terms)), subjects);
  }

  /** The same, done to these subjects alone; terms as in {@link #withTypes}. */
  public ActivityFilter withSubjects(String... terms) {
    return new ActivityFilter(types, actors, sources, Terms.parse(List.of(terms)));
  }

  /** Whether {@code activity} is asked for. An attribute it does not have matches no term. */
  public boolean matches(Activity activity) {
    return types.match(activity.type())
        && sources.match(activity.source())
        && actors.match(activity.actor())
        && subjects.match(activity.subject());
  }

  /**
   * The terms for one attribute.
   *
   * @param exact values that match as they are
   * @param prefixes beginnings that match, in their order; none of them is another's beginning
   */
  public record Terms(Set<String> exact, List<String> prefixes) {
    /** No terms: anything matches, also an absent attribute. */
    public static final Terms ANY = new Terms(Set.of(), List.of());

    public Terms {
      exact = Set.copyOf(exact);
      prefixes = shortest(prefixes);
    }

    /** Without those that begin with another of them, which matches all that they match. */
    private static List<String> shortest(Collection<String> prefixes) {
      List<String> kept = new ArrayList<>();
      for (String prefix : new TreeSet<>(prefixes)) { // one comes behind its own beginnings
        if (kept.isEmpty() || !prefix.startsWith(kept.get(kept.size() - 1))) {
          kept.add(prefix);
        }
      }
      return List.copyOf(kept);
    }

    /**
     * Reads terms as they stand in a query: a value, or with a trailing {@code *} the beginning of
     * one. A trailing {@code \*} is the end of a value.
     *
     * @throws IllegalArgumentException if a term is empty
     */
    public static Terms parse(Collection<String> terms) {
      Set<String> exact = new TreeSet<>();
      Set<String> prefixes = new TreeSet<>();
      for (String term : terms) {
        if (term.isEmpty()) {
          throw new IllegalArgumentException("must not be empty; leave it out to match anything");
        } else if (term.endsWith("\\*")) {
          exact.add(term.substring(0, term.length() - 2) + "*");
        } else if (term.endsWith("*")) {
          prefixes.add(term.substring(0, term.length() - 1));
        } else {
          exact.add(term);
        }
      }
      return exact.isEmpty() && prefixes.isEmpty() ? ANY : new Terms(exact, List.copyOf(prefixes));
    }

    /** As they stand in a query: what {@link #parse} reads as the same. */
    public List<String> written() {
      List<String> terms = new ArrayList<>();
      for (String value : new TreeSet<>(exact)) {
        terms.add(value.endsWith("*") ? value.substring(0, value.length() - 1) + "\\*" : value);
      }
      prefixes.forEach(prefix -> terms.add(prefix + "*"));
      return terms;
    }

    /** Whether nothing is asked, and so everything matches. */
    public boolean isAny() {
      return exact.isEmpty() && prefixes.isEmpty();
    }

    boolean match(String value) {
      if (isAny()) {
        return true;
      }
      if (value == null) {
        return false;
      }
      if (exact.contains(value)) {
        return true;
      }
      // only the greatest that is not greater than the value can be its beginning: what lies
      // between a beginning and the value begins with it, too
      int at = Collections.binarySearch(prefixes, value);
      return at >= 0 || (at < -1 && value.startsWith(prefixes.get(-at - 2)));
    }
  }
}
