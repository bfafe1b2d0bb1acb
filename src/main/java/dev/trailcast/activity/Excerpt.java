package dev.trailcast.activity;

/** The beginning of a text that may be long, for somebody's eyes. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * The text itself, or its beginning and an ellipsis where it is longer than it may be. No
   * character is cut in two, though a cut may fall between two that belong together.
   *
   * @param most how many UTF-16 code units of it at most, at least 1
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }
}
