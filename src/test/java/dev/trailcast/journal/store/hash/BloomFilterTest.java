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

    byte[] bytes = filter.toBytes();

    assertThat(LongStream.of(added)).allMatch(key -> BloomFilter.mayContain(bytes, key));
    assertThat(random.longs(ASKED).filter(key -> BloomFilter.mayContain(bytes, key)).count())
        .isLessThan(10);
    assertThat(BloomFilter.of(bytes).toBytes()).isEqualTo(bytes);
  }
}
