package dev.trailcast.http;

import java.io.IOException;

/** The client is still there, but does not send the rest of its request in time. */
public final class OverdueException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param why may be shown to whoever sends
   */
  OverdueException(String why, IOException cause) {
    super(why, cause);
  }
}
