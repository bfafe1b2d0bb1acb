package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.CloseReason;
import java.time.Duration;

/** A reader is turned away, for now. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;
  private final Duration retry;

  /**
   * @param retry after how long it may come again
   */
  RefusedException(CloseReason reason, Duration retry) {
    super("Not for now: " + reason);
    this.reason = reason;
    this.retry = retry;
  }

  CloseReason reason() {
    return reason;
  }

  Duration retry() {
    return retry;
  }
}
