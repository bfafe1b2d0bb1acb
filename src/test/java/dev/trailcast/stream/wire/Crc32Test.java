package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class Crc32Test {
  @Test
  void ofAWholeFollowsFromThoseOfItsParts() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] whole = new byte[random.nextInt(i < 990 ? 300 : 200_000)];
      random.nextBytes(whole);
      int cut = random.nextInt(whole.length + 1);
      byte[] first = Arrays.copyOf(whole, cut);
      byte[] second = Arrays.copyOfRange(whole, cut, whole.length);

      assertThat(Crc32.combine(crc(first), crc(second), Crc32.shift(second.length)))
          .isEqualTo(crc(whole));
    }
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
