package dev.trailcast.activity;

/**
 * JSON as characters: what the JSON-P parser cannot give, namely the very tokens of a value, and
 * what its generator cannot take, namely such a value.
 */
final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int SHOWN = 64;

  private JsonText() {}

  /**
   * The same tokens without the white space between them. A surrogate without its other half, which
   * UTF-8 cannot carry, becomes its escape, and so does what some clients take for the end of a
   * line.
   *
   * @param json valid JSON, from {@code from} to before {@code to}
   */
  static String compact(String json, int from, int to) {
    StringBuilder compact = null;
    int kept = from; // from here on nothing is left out: such stretches are copied at once
    boolean inString = false;
    for (int i = from; i < to; i++) {
      char c = json.charAt(i);
      boolean space = !inString && isWhitespace(c);
      if (space || endsALine(c) || (Character.isSurrogate(c) && isLone(json, i, from, to))) {
        if (compact == null) {
          compact = new StringBuilder(to - from + 8);
        }
        compact.append(json, kept, i);
        kept = i + 1;
        if (!space) {
          escape(compact, c);
        }
      } else if (c == '"') {
        inString = !inString;
      } else if (c == '\\') { // only ever inside a string: what it escapes is no delimiter
        i++;
      }
    }
    return compact == null ? json.substring(from, to) : compact.append(json, kept, to).toString();
  }

  /**
   * How many arrays and objects lie inside each other at most in valid JSON; 0 for a plain value.
   */
  static int depth(String json) {
    int depth = 0;
    int deepest = 0;
    boolean inString = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '"') {
        inString = !inString;
      } else if (c == '\\') {
        i++;
      } else if (!inString && (c == '{' || c == '[')) {
        deepest = Math.max(deepest, ++depth);
      } else if (!inString && (c == '}' || c == ']')) {
        depth--;
      }
    }
    return deepest;
  }

  /** A name for a message to somebody: quoted where it is no plain word, cut where it is long. */
  static String shown(String name) {
    String start = cut(name);
    if (!start.isEmpty() && start.chars().allMatch(Character::isLetterOrDigit)) {
      return start;
    }
    StringBuilder json = new StringBuilder(start.length() + 2);
    quote(json, start);
    return json.toString();
  }

  /** The beginning of a name that is long. */
  static String cut(String name) {
    return Excerpt.of(name, SHOWN);
  }

  /** Appends {@code text} as a JSON string. */
  static void quote(StringBuilder json, String text) {
    json.append('"');
    int plain = 0; // from here on nothing needs an escape: such stretches are copied at once
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean delimiter = c == '"' || c == '\\';
      if (delimiter
          || c < ' '
          || endsALine(c)
          || (Character.isSurrogate(c) && isLone(text, i, 0, text.length()))) {
        json.append(text, plain, i);
        plain = i + 1;
        if (delimiter) {
          json.append('\\').append(c);
        } else {
          escape(json, c);
        }
      }
    }
    json.append(text, plain, text.length()).append('"');
  }

  static boolean isLone(CharSequence text, int i, int from, int to) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 == to || !Character.isLowSurrogate(text.charAt(i + 1))
        : i == from || !Character.isHighSurrogate(text.charAt(i - 1));
  }

  /**
   * NEL, and the line and paragraph separators of Unicode: they end no line of an event stream, but
   * Python's splitlines(), and so httpx-sse and the iter_lines of requests, break lines there. In
   * JSON they can only be in strings.
   */
  private static boolean endsALine(char c) {
    return c == '\u0085' || c == '\u2028' || c == '\u2029';
  }

  private static boolean isWhitespace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private static void escape(StringBuilder json, char c) {
    json.append("\\u")
        .append(HEX[c >> 12])
        .append(HEX[c >> 8 & 15])
        .append(HEX[c >> 4 & 15])
        .append(HEX[c & 15]);
  }
}
