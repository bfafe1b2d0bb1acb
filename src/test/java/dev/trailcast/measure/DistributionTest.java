package dev.trailcast.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void countsAValueInTheFirstBucketThatHoldsIt() {
    Distribution numbers = Distribution.ofNumbers(); // 1, 10, 100 …

    for (long value : new long[] {0, 1, 2, 10, 11, 1_000_000, 1_000_001, Long.MAX_VALUE / 4}) {
      numbers.record(value);
    }

    assertThat(numbers.snapshot().counts()).containsExactly(2, 2, 1, 0, 0, 0, 1, 2);
  }

  @Test
  void knowsHowManyThereWereAndHowMuchTheyAreTogether() {
    Distribution waits = Distribution.ofWaits();

    waits.record(Duration.ofMillis(3));
    waits.record(Duration.ofSeconds(40));

    assertThat(waits.snapshot().count()).isEqualTo(2);
    assertThat(waits.snapshot().sum()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(40_003));
  }

  @Test
  void takesWhatIsBelowNothingForNothing() {
    Distribution waits = Distribution.ofWaits();

    waits.record(-5);

    assertThat(waits.snapshot().counts()[0]).isEqualTo(1);
    assertThat(waits.snapshot().sum()).isZero();
  }

  @Test
  void losesNothingThatManyRecordAtOnce() throws InterruptedException {
    Distribution numbers = Distribution.ofNumbers();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                for (int each = 0; each < 10_000; each++) {
                  numbers.record(each % 20);
                }
              });
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(numbers.snapshot().count()).isEqualTo(40_000);
    assertThat(numbers.snapshot().sum()).isEqualTo(4 * 500 * 190);
  }

  /** MicroProfile Metrics has histograms of its own, which count what was recorded here. */
  @Test
  void hasTheBucketsThatOpenLibertyIsConfiguredWith() throws IOException {
    String[] both = configured("timer").split(";");

    assertThat(times(both[0], "trailcast_.*")).isEqualTo(Distribution.ofWaits().bounds());
    assertThat(times(both[1], "trailcast_stream_stay.*"))
        .isEqualTo(Distribution.ofStays().bounds());
    assertThat(bounds(configured("histogram"), "trailcast_.*", Long::parseLong))
        .isEqualTo(Distribution.ofNumbers().bounds());
  }

  private static String configured(String kind) throws IOException {
    Matcher found =
        Pattern.compile(
                "\"mp\\.metrics\\.distribution\\.%s\\.buckets\"\\s+defaultValue=\"(.+?)\""
                    .formatted(kind))
            .matcher(Files.readString(Path.of("server-config/liberty/server.xml")));
    assertThat(found.find()).as(kind).isTrue();
    return found.group(1);
  }

  private static long[] times(String configured, String names) {
    return bounds(
        configured,
        names,
        bound ->
            bound.endsWith("ms")
                ? TimeUnit.MILLISECONDS.toNanos(Long.parseLong(bound.replace("ms", "")))
                : Duration.parse("PT" + bound).toNanos());
  }

  private static long[] bounds(String configured, String names, ToLongFunction<String> toLong) {
    assertThat(configured).startsWith(names + '=');
    return Stream.of(configured.substring(names.length() + 1).split(","))
        .mapToLong(toLong)
        .toArray();
  }
}
