package dev.trailcast.benchmark.micro;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Whether an activity is for a reader. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class FilterBenchmark {
  private final Activity activity = Activity.of("alice", "page.viewed", "products/42");
  private final View all = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);
  private final View actor = view(Terms.ANY, Terms.parse(List.of("bob")));
  private final View prefixes = view(Terms.parse(List.of("order.*", "page.*")), Terms.ANY);

  /** No filter. */
  @Benchmark
  public boolean all() {
    return all.includes(activity);
  }

  /** Another actor. */
  @Benchmark
  public boolean actor() {
    return actor.includes(activity);
  }

  /** The beginning of the type. */
  @Benchmark
  public boolean prefixes() {
    return prefixes.includes(activity);
  }

  private static View view(Terms types, Terms actors) {
    return new View(new ActivityFilter(types, actors, Terms.ANY, Terms.ANY), Viewer.ANONYMOUS);
  }
}
