package dev.trailcast.http;

import java.io.IOException;

/** The client has gone away in the middle of its request: nobody will read an answer. */
public final class BrokenOffException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenOffException(IOException cause) {
    super(cause);
  }
}
