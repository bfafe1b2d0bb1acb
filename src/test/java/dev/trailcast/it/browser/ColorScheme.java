package dev.trailcast.it.browser;

/** What {@code prefers-color-scheme} is. */
public enum ColorScheme {
  LIGHT,
  DARK
}
