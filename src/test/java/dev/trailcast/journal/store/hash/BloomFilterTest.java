package dev.trailcast.journal.store.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BloomFilterTest {
  private static final int ASKED = 100_000;

  private final Random random = new Random(42);

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 16_384, 100_000})
  void knowsAllThatWereAddedAndHardlyAnyOther(int keys) {
    BloomFilter filter = new BloomFilter(keys, 24);
    long[] added = random.longs(keys).toArray();
    for (long key : added) {
      filter.add(key);
    }

    BloomFilter again = BloomFilter.of(filter.toBytes());

    assertThat(LongStream.of(added)).allMatch(again::mayContain);
    assertThat(random.longs(ASKED).filter(again::mayContain).count()).isLessThan(10);
  }
}
