package dev.trailcast.activity;

/**
 * What a text attribute may hold: the type String of CloudEvents 1.0.2, section 3.1, and at least
 * one character.
 */
final class AttributeText {
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
      if (Character.isISOControl(c)
          || (Character.isSurrogate(c) && JsonText.isLone(value, i, 0, value.length()))) {
        throw InvalidActivityException.of(
            attribute,
            "must not hold control characters or half surrogate pairs, but does at character "
                + (i + 1));
      }
    }
  }
}
