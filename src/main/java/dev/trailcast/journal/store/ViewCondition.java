package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.store.sketch.Sketch;
import dev.trailcast.journal.store.sketch.SketchedFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A view as SQL. It lets through all that belongs to the view, and sometimes more: {@link
 * #includes} has the last word, and SQL only saves reading most of the rest.
 */
final class ViewCondition {
  /** More terms than this for one column are left to Java; SQLite nests them, up to 1,000 deep. */
  private static final int MOST_TERMS = 500;

  private static final SketchedFilter ERASURES = SketchedFilter.of(Attribute.TYPE, Activity.ERASED);

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> arguments = new ArrayList<>();
  private final Predicate<Activity> predicate;
  private final Optional<Predicate<Sketch>> sketched;

  private ViewCondition(Predicate<Activity> predicate, Optional<Predicate<Sketch>> sketched) {
    this.predicate = predicate;
    this.sketched = sketched;
  }

  /** Everything, whoever may see it. */
  static ViewCondition everything() {
    return new ViewCondition(activity -> true, Optional.empty());
  }

  static ViewCondition of(View view) {
    ViewCondition condition = new ViewCondition(view::includes, sketched(view));
    condition.sql.append(condition.matches(view.filter()));
    condition.isIn(view.scope());
    condition.maySee(view.viewer());
    return condition;
  }

  /** What the view's reader is told of as it goes along the journal: erasures as well. */
  static ViewCondition along(View view) {
    ViewCondition of = of(view);
    ViewCondition along =
        new ViewCondition(view::tells, of.sketched.map(sketched -> sketched.or(ERASURES)));
    along.sql.append(" AND ((1" + of.sql + ") OR type = '" + Activity.ERASED + "')");
    along.arguments.addAll(of.arguments);
    return along;
  }

  private static Optional<Predicate<Sketch>> sketched(View view) {
    if (view.filter().equals(ActivityFilter.ALL) && view.scope().equals(Scope.EVERYTHING)) {
      return Optional.empty();
    }
    List<SketchedFilter> scope = view.scope().filters().stream().map(SketchedFilter::of).toList();
    return Optional.of(
        SketchedFilter.of(view.filter())
            .and(sketch -> scope.stream().anyMatch(each -> each.test(sketch))));
  }

  /** Whether a slice may have something of it; empty where that is not worth asking. */
  Optional<Predicate<Sketch>> sketched() {
    return sketched;
  }

  /** What goes after a WHERE clause: nothing, or {@code AND …}. */
  String sql() {
    return sql.toString();
  }

  /** The values of its parameters. */
  List<Object> arguments() {
    return arguments;
  }

  /** Whether it really belongs to the view. */
  boolean includes(Activity activity) {
    return predicate.test(activity);
  }

  private void isIn(Scope scope) {
    int terms = scope.filters().stream().mapToInt(ViewCondition::terms).sum();
    if (scope.equals(Scope.EVERYTHING) || terms > MOST_TERMS) {
      return;
    }
    StringJoiner alternatives = new StringJoiner(" OR ", " AND (", ")").setEmptyValue(" AND 0");
    scope.filters().forEach(filter -> alternatives.add("(1" + matches(filter) + ")"));
    sql.append(alternatives);
  }

  private static int terms(ActivityFilter filter) {
    return Stream.of(Attribute.values())
        .map(attribute -> attribute.terms(filter))
        .mapToInt(terms -> terms.exact().size() + terms.prefixes().size())
        .sum();
  }

  private String matches(ActivityFilter filter) {
    return matches("type", filter.types())
        + matches("source", filter.sources())
        + matches("actor", filter.actors())
        + matches("subject", filter.subjects());
  }

  private String matches(String column, Terms terms) {
    if (terms.isAny() || terms.exact().size() + terms.prefixes().size() > MOST_TERMS) {
      return "";
    }
    StringJoiner alternatives = new StringJoiner(" OR ", " AND (", ")");
    if (!terms.exact().isEmpty()) {
      String parameters = String.join(", ", Collections.nCopies(terms.exact().size(), "?"));
      alternatives.add(column + " IN (" + parameters + ")");
      arguments.addAll(terms.exact());
    }
    for (String prefix : terms.prefixes()) {
      // neither LIKE nor GLOB: a prefix may hold their wildcards
      String known = withoutHalfPair(prefix);
      alternatives.add("substr(" + column + ", 1, ?) = ?");
      arguments.add(known.codePointCount(0, known.length()));
      arguments.add(known);
    }
    return alternatives.toString();
  }

  /** SQLite counts whole characters, and {@code startsWith} goes by halves of them. */
  private static String withoutHalfPair(String prefix) {
    int last = prefix.length() - 1;
    return last >= 0 && Character.isHighSurrogate(prefix.charAt(last))
        ? prefix.substring(0, last)
        : prefix;
  }

  private void maySee(Viewer viewer) {
    if (viewer.isUnrestricted() || viewer.roles().size() > MOST_TERMS) {
      return;
    }
    StringJoiner alternatives = new StringJoiner(" OR ", " AND (", ")");
    alternatives.add("audience IS NULL");
    if (viewer.name() != null) {
      mentions(viewer.name(), alternatives);
    }
    for (String role : viewer.roles()) {
      mentions("role:" + role, alternatives);
    }
    sql.append(alternatives);
  }

  private void mentions(String name, StringJoiner alternatives) {
    alternatives.add("instr(audience, ?) > 0");
    arguments.add(name);
  }
}
