package dev.trailcast.activity;

import java.util.Optional;

/**
 * Something offered as an activity that is none. Its message names the attribute, what was wrong
 * and what is allowed, and may be shown to whoever offered it.
 */
public sealed class InvalidActivityException extends IllegalArgumentException
    permits OversizedActivityException, ConflictingActivityException, ForbiddenActivityException {
  private static final long serialVersionUID = 1L;

  private final String attribute;

  InvalidActivityException(String attribute, String message) {
    super(message);
    this.attribute = attribute == null ? null : JsonText.cut(attribute);
  }

  /** The attribute {@code attribute} is not acceptable; {@code detail} goes on after its name. */
  public static InvalidActivityException of(String attribute, String detail) {
    return new InvalidActivityException(attribute, JsonText.shown(attribute) + " " + detail);
  }

  /** The whole is not acceptable: no JSON, no object. {@code detail} goes on after its name. */
  public static InvalidActivityException whole(String detail) {
    return new InvalidActivityException(null, "the activity " + detail);
  }

  /** An array of activities can't be read. {@code detail} goes on after its name. */
  public static InvalidActivityException array(String detail) {
    return new InvalidActivityException(null, "the array " + detail);
  }

  /** The attribute at fault, where it is one attribute's fault; a long name is cut. */
  public Optional<String> attribute() {
    return Optional.ofNullable(attribute);
  }
}
