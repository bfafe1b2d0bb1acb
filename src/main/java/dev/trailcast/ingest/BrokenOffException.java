package dev.trailcast.ingest;

import java.io.IOException;

/** The client has gone away in the middle of its request: nobody will read an answer. */
final class BrokenOffException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenOffException(IOException cause) {
    super(cause);
  }
}
