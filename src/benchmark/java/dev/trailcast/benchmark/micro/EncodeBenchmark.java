package dev.trailcast.benchmark.micro;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From JSON to an activity and back: what every activity goes through, once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class EncodeBenchmark {
  private final Activity activity =
      Activity.of("alice", "page.viewed", "products/42")
          .withJson("{\"page\":\"/shop/shoes\",\"ms\":123,\"tags\":[\"new\",\"sale\"]}");
  private final String json =
      new String(EncodedActivity.of(activity).json(), StandardCharsets.UTF_8);

  /** To JSON. */
  @Benchmark
  public EncodedActivity encode() {
    return EncodedActivity.of(activity);
  }

  /** From JSON, checked. */
  @Benchmark
  public Activity read() {
    return ActivityReader.read(json);
  }
}
