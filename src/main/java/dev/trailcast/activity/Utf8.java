package dev.trailcast.activity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text from bytes that must be UTF-8: what is not is refused, and never replaced in silence. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The text of all of the bytes.
   *
   * @throws InvalidActivityException if they are not well-formed
   */
  public static String decode(byte[] bytes) {
    return decode(bytes, 0, bytes.length);
  }

  /**
   * The text of the bytes from {@code from} to before {@code to}.
   *
   * @throws InvalidActivityException if they are not well-formed
   */
  public static String decode(byte[] bytes, int from, int to) {
    // The String constructor is several times faster than a CharsetDecoder, but it only replaces.
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      } catch (CharacterCodingException e) {
        throw InvalidActivityException.whole("is not UTF-8");
      }
    }
    return text;
  }
}
