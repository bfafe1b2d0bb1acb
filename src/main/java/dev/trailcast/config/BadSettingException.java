package dev.trailcast.config;

/** The configuration is not allowed. Its message has the key, the value, and what is. */
final class BadSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadSettingException(String key, String allowed, String value, Throwable cause) {
    super(key + " must be " + allowed + ", not '" + value + "'", cause);
  }
}
