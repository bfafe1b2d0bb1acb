package dev.trailcast.activity;

/**
 * What a text attribute may hold: the type String of CloudEvents 1.0.2, section 3.1, and at least
 * one character.
 */
final class AttributeText {
  private static final String NONCHARACTERS = "code points that are no characters (such as U+FFFE)";

  private AttributeText() {}

  /**
   * @throws InvalidActivityException if it may not hold this
   */
  static void check(String attribute, String value) {
    if (value.isEmpty()) {
      throw InvalidActivityException.of(attribute, "must not be empty");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      String forbidden = null;
      if (Character.isISOControl(c)) {
        forbidden = "control characters";
      } else if (Character.isSurrogate(c)) {
        if (JsonText.isLone(value, i, 0, value.length())) {
          forbidden = "half surrogate pairs";
        } else if (isNoncharacter(value.codePointAt(i))) {
          forbidden = NONCHARACTERS;
        }
      } else if (isNoncharacter(c)) {
        forbidden = NONCHARACTERS;
      }
      if (forbidden != null) {
        throw InvalidActivityException.of(
            attribute, "must not hold " + forbidden + ", but does at character " + (i + 1));
      }
    }
  }

  /** The last two of each plane, and 32 in the middle of the first: Unicode, section 23.7. */
  private static boolean isNoncharacter(int codePoint) {
    return (codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xfdd0 && codePoint <= 0xfdef);
  }
}
