package dev.trailcast.journal.store.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BloomFiltersTest {
  private static final int KEYS = 100;
  private static final long ONE = 0x9e3779b97f4a7c15L;
  private static final long ANOTHER = 0xbf58476d1ce4e5b9L;

  private final Random random = new Random(42);

  @Test
  void answerForEachAsItWouldItself() {
    List<BloomFilter> each = new ArrayList<>();
    BloomFilters all = new BloomFilters(filter());
    while (each.size() < Long.SIZE) {
      BloomFilter filter = filter();
      assertThat(all.hasRoomFor(filter)).isTrue();
      assertThat(all.add(filter)).isEqualTo(each.size());
      each.add(filter);
    }
    assertThat(all.hasRoomFor(filter())).isFalse();

    List<byte[]> written = each.stream().map(BloomFilter::toBytes).toList();
    long found = 0;
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextLong();
      long expected = 0;
      for (int number = 0; number < Long.SIZE; number++) {
        expected |= BloomFilter.mayContain(written.get(number), key) ? 1L << number : 0;
      }
      assertThat(all.mayContain(key)).isEqualTo(expected);
      found += Long.bitCount(expected);
    }
    assertThat(found).isPositive();
  }

  @Test
  void giveThePlaceOfOneThatWasRemovedToTheNext() {
    BloomFilters all = new BloomFilters(empty());
    all.add(empty());
    BloomFilter gone = empty();
    gone.add(ONE);
    assertThat(all.add(gone)).isOne();
    all.add(empty());
    assertThat(all.mayContain(ONE)).isEqualTo(0b10);

    all.remove(1);
    assertThat(all.mayContain(ONE)).isZero();

    BloomFilter next = empty();
    next.add(ANOTHER);
    assertThat(all.add(next)).isOne();
    assertThat(all.mayContain(ANOTHER)).isEqualTo(0b10);
    assertThat(all.mayContain(ONE)).isZero();
  }

  @Test
  void haveRoomForThoseOfTheirSizeAlone() {
    BloomFilters all = new BloomFilters(filter());

    assertThat(all.hasRoomFor(new BloomFilter(2 * KEYS, 24))).isFalse();
    assertThat(all.isEmpty()).isTrue();
  }

  private static BloomFilter empty() {
    return new BloomFilter(KEYS, 8); // which errs often once it is full
  }

  private BloomFilter filter() {
    BloomFilter filter = empty();
    random.longs(KEYS).forEach(filter::add);
    return filter;
  }
}
