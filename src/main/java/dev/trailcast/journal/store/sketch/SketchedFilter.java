package dev.trailcast.journal.store.sketch;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Attribute;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A filter by the keys of its terms: whether a slice may have what it asks for. Immutable. */
public final class SketchedFilter implements Predicate<Sketch> {
  /** Of each attribute that is asked about and that sketches know, one of these has to be there. */
  private final List<long[]> keys;

  private SketchedFilter(List<long[]> keys) {
    this.keys = keys;
  }

  /** The filter, its terms hashed once for all slices. */
  public static SketchedFilter of(ActivityFilter filter) {
    return new SketchedFilter(
        Stream.of(Attribute.values())
            .map(attribute -> keys(attribute, attribute.terms(filter)))
            .filter(keys -> keys.length > 0)
            .toList());
  }

  /** Whether an attribute has this value. */
  public static SketchedFilter of(Attribute attribute, String value) {
    return new SketchedFilter(List.of(new long[] {Keys.of(attribute, value)}));
  }

  /** None where the attribute may have any value, as far as sketches can tell. */
  private static long[] keys(Attribute attribute, Terms terms) {
    List<OptionalLong> beginnings =
        terms.prefixes().stream().map(each -> Keys.ofBeginning(attribute, each)).toList();
    if (!beginnings.stream().allMatch(OptionalLong::isPresent)) {
      return new long[0];
    }
    return LongStream.concat(
            terms.exact().stream().mapToLong(value -> Keys.of(attribute, value)),
            beginnings.stream().mapToLong(OptionalLong::getAsLong))
        .distinct()
        .toArray();
  }

  /** False if the filter matches none of the slice's activities. */
  @Override
  public boolean test(Sketch sketch) {
    for (long[] each : keys) {
      if (Arrays.stream(each).noneMatch(sketch::mayHave)) {
        return false;
      }
    }
    return true;
  }
}
