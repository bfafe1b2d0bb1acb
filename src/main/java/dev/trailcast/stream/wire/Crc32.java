package dev.trailcast.stream.wire;

/**
 * The checksum of gzip (RFC 1952, section 8) for texts that are put together from parts: that of
 * the whole follows from those of the parts and their lengths, without looking at the text again.
 * The JDK's own can't do that.
 *
 * <p>A checksum is a polynomial modulo {@link #POLYNOMIAL} with its coefficients in reverse, x^0 in
 * the highest bit; putting n bytes behind a text multiplies its checksum by x^(8n), which is how
 * zlib's crc32_combine() does it, too.
 */
final class Crc32 {
  private static final int POLYNOMIAL = 0xedb88320;
  private static final int ONE = 1 << 31; // x^0

  /** At n: x to the power of 2^n. */
  private static final int[] POWERS = new int[32];

  static {
    POWERS[0] = 1 << 30; // x^1
    for (int n = 1; n < POWERS.length; n++) {
      POWERS[n] = multiply(POWERS[n - 1], POWERS[n - 1]);
    }
  }

  private Crc32() {}

  /** What a checksum is to be multiplied by where so many bytes follow. */
  static int shift(int bytes) {
    int shift = ONE;
    for (int n = 3, rest = bytes; rest != 0; n++, rest >>>= 1) { // 2^3 bits are a byte
      if ((rest & 1) != 0) {
        shift = multiply(POWERS[n & 31], shift); // x^(2^32) is x again: zlib's crc32.c, x2nmodp()
      }
    }
    return shift;
  }

  /**
   * The checksum of two texts, one behind the other.
   *
   * @param first the first one's
   * @param second the second one's
   * @param shift of the second one's length
   */
  static int combine(int first, int second, int shift) {
    return multiply(shift, first) ^ second;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int factor = b;
    for (int bit = ONE; bit != 0; bit >>>= 1) {
      if ((a & bit) != 0) {
        product ^= factor;
      }
      factor = (factor >>> 1) ^ (POLYNOMIAL & -(factor & 1));
    }
    return product;
  }
}
