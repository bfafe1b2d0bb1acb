package dev.trailcast.config;

/** The configuration is not allowed. Its message has the key, and what would be right. */
final class BadSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadSettingException(String message) {
    super(message);
  }

  BadSettingException(String key, String allowed, String value, Throwable cause) {
    super(key + " must be " + allowed + (value == null ? "" : ", not '" + value + "'"), cause);
  }
}
