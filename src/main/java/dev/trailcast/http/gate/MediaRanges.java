package dev.trailcast.http.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads media types as <a href="https://www.rfc-editor.org/rfc/rfc9110">RFC 9110</a> writes them
 * (sections 8.3.1 and 12.5.1). Each runtime reads some that it does not allow, and fails at others
 * that it does.
 */
final class MediaRanges {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final String ANY = "*";

  private final String text;
  private int at;

  private MediaRanges(String text) {
    this.text = text;
  }

  /**
   * The ranges of an {@code Accept} header with nothing but their weights, which the runtimes read
   * alike. Also taken is a single asterisk, which Java's HttpURLConnection sends.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String plain(String accept) {
    MediaRanges ranges = new MediaRanges(accept);
    List<String> plain = new ArrayList<>();
    do {
      ranges.skipSpaces();
      if (!ranges.isAtEnd() && ranges.next() != ',') {
        plain.add(ranges.range());
      }
    } while (ranges.skip(','));
    ranges.check(ranges.isAtEnd());
    return String.join(", ", plain);
  }

  /** Whether this is the {@code Content-Type} of something: one type, and no range. */
  static boolean isMediaType(String contentType) {
    try {
      MediaRanges type = new MediaRanges(contentType);
      type.skipSpaces();
      String range = type.range();
      return type.isAtEnd() && !range.startsWith(ANY) && !range.contains("/*");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String range() {
    String type = token();
    String subtype = !type.equals(ANY) || isNext('/') ? afterSlash() : ANY;
    check(!type.equals(ANY) || subtype.equals(ANY));
    String weight = "";
    skipSpaces();
    while (skip(';')) {
      skipSpaces();
      if (!isAtEnd() && isToken(next())) {
        String name = token();
        String value = skip('=') ? value() : "";
        if (name.equalsIgnoreCase("q")) {
          check(isWeight(value));
          weight = ";q=" + value;
        }
      }
      skipSpaces();
    }
    return type + "/" + subtype + weight;
  }

  private String afterSlash() {
    check(skip('/'));
    return token();
  }

  private String value() {
    return isNext('"') ? quoted() : token();
  }

  private String quoted() {
    int begin = at++;
    while (!isNext('"')) {
      if (isNext('\\')) {
        at++;
      }
      check(!isAtEnd());
      at++;
    }
    at++;
    return text.substring(begin, at);
  }

  private String token() {
    int begin = at;
    while (!isAtEnd() && isToken(next())) {
      at++;
    }
    check(at > begin);
    return text.substring(begin, at);
  }

  private static boolean isToken(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || TOKEN_MARKS.indexOf(c) >= 0;
  }

  /** From 0 to 1; more digits than three, and none before the point, are sent and understood. */
  private static boolean isWeight(String value) {
    return value.matches("0?\\.[0-9]{1,9}|0\\.?|1(\\.0{0,9})?");
  }

  private void skipSpaces() {
    while (isNext(' ') || isNext('\t')) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = isNext(c);
    if (there) {
      at++;
    }
    return there;
  }

  private boolean isNext(char c) {
    return !isAtEnd() && next() == c;
  }

  private char next() {
    return text.charAt(at);
  }

  private boolean isAtEnd() {
    return at == text.length();
  }

  private void check(boolean asItMustBe) {
    if (!asItMustBe) {
      throw new IllegalArgumentException("no media range at character " + (at + 1));
    }
  }
}
