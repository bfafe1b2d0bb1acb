package dev.trailcast.journal.store.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OffsetsByHashTest {
  @Test
  void hasWhatAMapHas() {
    Random random = new Random(42);
    Map<Long, Long> expected = new TreeMap<>();
    OffsetsByHash offsets = new OffsetsByHash();
    for (long offset = 1; offset <= 10_000; offset++) {
      // few different ones beside many, neighbours, and 0
      long hash = random.nextBoolean() ? random.nextInt(2_000) - 1_000 : random.nextLong();
      expected.put(hash, offset);
      offsets.put(hash, offset);
    }

    assertThat(offsets.size()).isEqualTo(expected.size());
    expected.forEach((hash, offset) -> assertThat(offsets.get(hash)).isEqualTo(offset));
    assertThat(offsets.sortedHashes())
        .containsExactly(expected.keySet().stream().mapToLong(Long::longValue).toArray());
    assertThat(offsets.get(5_000)).isEqualTo(OffsetsByHash.NONE);
  }
}
