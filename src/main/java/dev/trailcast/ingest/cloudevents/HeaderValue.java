package dev.trailcast.ingest.cloudevents;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The value of an attribute as it stands in a header: quoted perhaps, and percent-encoded as UTF-8
 * (HTTP protocol binding 1.0.2, section 3.1.3.2).
 */
final class HeaderValue {
  private static final char QUOTE = '"';

  private HeaderValue() {}

  /**
   * What it stands for. A percent sign that begins no encoded byte stands for itself: some
   * producers encode nothing.
   *
   * @throws IllegalArgumentException if it can't stand for anything; the message goes on after the
   *     attribute's name
   */
  static String decode(String header) {
    String value = unquoted(header);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > '~') { // each server takes these for something else
        throw new IllegalArgumentException(
            "must be of ASCII; what is not must be percent-encoded as UTF-8");
      }
      int encoded = c == '%' ? encodedByte(value, i + 1) : -1;
      if (encoded >= 0) {
        i += 2;
      }
      bytes.write(encoded >= 0 ? encoded : c);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is percent-encoded, but not as UTF-8", e);
    }
  }

  private static int encodedByte(String value, int at) {
    if (at + 1 >= value.length()) {
      return -1;
    }
    int high = hexDigit(value.charAt(at));
    int low = hexDigit(value.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hexDigit(char c) {
    return c <= '~' ? Character.digit(c, 16) : -1;
  }

  /** A quoted string of RFC 9110 (5.6.4), or what is none as it is. */
  private static String unquoted(String header) {
    int last = header.length() - 1;
    if (last < 1 || header.charAt(0) != QUOTE || header.charAt(last) != QUOTE) {
      return header;
    }
    StringBuilder text = new StringBuilder(last);
    for (int i = 1; i < last; i++) {
      char c = header.charAt(i);
      text.append(c == '\\' && i + 1 < last ? header.charAt(++i) : c);
    }
    return text.toString();
  }
}
