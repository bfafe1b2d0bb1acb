package dev.trailcast.security;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Scope;
import dev.trailcast.http.Query;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a right is bounded to: a filter in which {@code {user}} stands for whoever has the right.
 *
 * @param filter with {@code {user}} as it is written
 */
record Bound(ActivityFilter filter) {
  /** To everything: it is none. */
  static final Bound NONE = new Bound(ActivityFilter.ALL);

  private static final String USER = "{user}";

  /**
   * Reads {@code type=page.*&actor={user}}.
   *
   * @param query as in an address; empty is no bound
   * @throws IllegalArgumentException naming the parameter, its value and what is allowed
   */
  static Bound parse(String query) {
    return new Bound(Query.filterIn(query));
  }

  /**
   * For somebody of this name, which is put where it belongs as it is: an asterisk in it is no
   * beginning of others' names.
   *
   * @param name null for nobody, for whom there is nothing where {@code {user}} stands
   */
  private Optional<ActivityFilter> of(String name) {
    if (Stream.of(filter.types(), filter.actors(), filter.sources(), filter.subjects())
        .noneMatch(Bound::namesTheUser)) {
      return Optional.of(filter);
    }
    return name == null
        ? Optional.empty()
        : Optional.of(
            new ActivityFilter(
                named(filter.types(), name),
                named(filter.actors(), name),
                named(filter.sources(), name),
                named(filter.subjects(), name)));
  }

  private static boolean namesTheUser(Terms terms) {
    return Stream.concat(terms.exact().stream(), terms.prefixes().stream())
        .anyMatch(term -> term.contains(USER));
  }

  private static Terms named(Terms terms, String name) {
    return namesTheUser(terms)
        ? new Terms(
            named(terms.exact(), name).collect(Collectors.toSet()),
            named(terms.prefixes(), name).toList())
        : terms;
  }

  private static Stream<String> named(Collection<String> terms, String name) {
    return terms.stream().map(term -> term.replace(USER, name));
  }

  /** As far as any of these goes, for somebody of this name. */
  static Scope together(List<Bound> bounds, String name) {
    Set<ActivityFilter> filters =
        bounds.stream().flatMap(bound -> bound.of(name).stream()).collect(Collectors.toSet());
    if (filters.isEmpty()) {
      return Scope.NOTHING;
    }
    return filters.contains(ActivityFilter.ALL) ? Scope.EVERYTHING : new Scope(filters);
  }
}
