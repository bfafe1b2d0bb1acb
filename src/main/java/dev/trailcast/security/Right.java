package dev.trailcast.security;

import java.util.Locale;

/** What somebody may do. */
public enum Right {
  /** Record activities over HTTP. */
  PUBLISH,
  /** Follow: the stream, pages and figures. */
  SUBSCRIBE,
  /** See and end readers, erase activities. */
  ADMINISTER;

  /** As settings and tokens name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
