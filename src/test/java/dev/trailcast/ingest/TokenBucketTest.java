package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
  private static final long NOW = 5_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  private final TokenBucket bucket = TokenBucket.of("things", 100, Duration.ofSeconds(2), 1);

  @Test
  void holdsWhatComesInABurst() {
    assertThat(bucket.capacity()).isEqualTo(200);
    assertThat(bucket.holds(200)).isTrue();
    assertThat(bucket.holds(201)).isFalse();
  }

  @Test
  void holdsWhatMustBePossibleHoweverLittleComesInABurst() {
    TokenBucket small = TokenBucket.of("things", 7, Duration.ofMillis(1), 260_000);

    assertThat(small.capacity()).isEqualTo(260_000);
    assertThat(small.holds(260_000)).isTrue();
    assertThat(small.holds(260_001)).isFalse();
  }

  @Test
  void fillsAtItsRateAndNoFurther() {
    long taken = bucket.take(150, 0, NOW);

    assertThat(taken).isEqualTo(NOW + SECOND * 3 / 2);
    assertThat(bucket.missing(bucket.take(50, taken, NOW), NOW)).isZero();
    assertThat(bucket.missing(bucket.take(51, taken, NOW), NOW)).isEqualTo(SECOND / 100);
    assertThat(bucket.missing(bucket.take(200, taken, taken), taken)).isZero();
    assertThat(bucket.missing(bucket.take(201, taken, taken + SECOND), taken + SECOND))
        .isPositive();
  }

  @Test
  void isBottomlessWhereNoRateIsSaid() {
    TokenBucket any = TokenBucket.of("things", 0, Duration.ofSeconds(1), 1);

    assertThat(any.holds(Long.MAX_VALUE)).isTrue();
    assertThat(any.missing(any.take(Long.MAX_VALUE, 0, NOW), NOW)).isNegative();
  }

  @Test
  void countsAsManyAsABodyMayHaveOverTheLongestTimeThereIs() {
    TokenBucket slow = TokenBucket.of("things", 1, Duration.ofDays(1), 1 << 30);

    assertThat(slow.holds(1 << 30)).isTrue();
    assertThat(slow.missing(slow.take(1, slow.take(1 << 30, 0, NOW), NOW), NOW)).isEqualTo(SECOND);
  }
}
