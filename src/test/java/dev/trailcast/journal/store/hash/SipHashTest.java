package dev.trailcast.journal.store.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the vectors of its reference: the key is 0 to 15, and so are the first bytes of the input. */
class SipHashTest {
  private final SipHash hash = new SipHash(bytes(SipHash.KEY_BYTES));

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 726fdb47dd0e0e31",
    "2, 0d6c8009d9a94f5a",
    "6, cbc9466e58fee3ce",
    "8, 93f5f5799a932462",
    "14, f723ca908e7af2ee"
  })
  void isThatOfItsReference(int length, String expected) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i += 2) {
      text.append((char) (i | i + 1 << 8));
    }

    assertThat(hash.of(text)).isEqualTo(Long.parseUnsignedLong(expected, 16));
  }

  @Test
  void isAnotherByAnotherKey() {
    assertThat(new SipHash(new byte[16]).of("alice")).isNotEqualTo(hash.of("alice"));
    assertThatThrownBy(() -> new SipHash(new byte[8])).isInstanceOf(IllegalArgumentException.class);
  }
}
