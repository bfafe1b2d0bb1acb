package dev.trailcast.config;

/** A value of the configuration that is not allowed: its message has key, value, and what is. */
final class BadSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadSettingException(String message, Throwable cause) {
    super(message, cause);
  }
}
