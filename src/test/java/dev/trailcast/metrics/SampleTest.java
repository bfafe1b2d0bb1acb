package dev.trailcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.measure.Distribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTest {
  private final Distribution distribution = Distribution.ofNumbers(); // up to 1, 10, 100 …
  private final Sample sample = new Sample(distribution);

  private List<Long> next() {
    List<Long> values = new ArrayList<>();
    sample.forEachNew(values::add);
    return values;
  }

  @Test
  void givesTheMeanOfEachBucketAsOftenAsThereWereSome() {
    for (long value : new long[] {2, 4, 50, 70, 90}) {
      distribution.record(value);
    }

    assertThat(next()).containsExactly(3L, 3L, 70L, 70L, 70L);
  }

  @Test
  void givesOnlyWhatIsNew() {
    distribution.record(5);
    next();

    assertThat(next()).isEmpty();
    distribution.record(7);
    assertThat(next()).containsExactly(7L);
  }

  @Test
  void givesOfVeryMuchAPartInTheSameProportions() {
    for (int i = 0; i < 30_000; i++) {
      distribution.record(5);
      distribution.record(50);
      distribution.record(50);
    }

    List<Long> values = next();
    assertThat(values).hasSize(Sample.MOST);
    assertThat(values.stream().filter(value -> value == 5).count()).isBetween(333L, 334L);
    assertThat(next()).isEmpty();
  }

  @Test
  void hasAValueBeyondAllBounds() {
    distribution.record(5_000_000);

    assertThat(next()).containsExactly(5_000_000L);
  }
}
