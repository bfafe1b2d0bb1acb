package dev.trailcast.stream.wire;

import java.util.Locale;

/** Why a stream ended, or why there was none. On the wire, in the log, and a label of metrics. */
public enum CloseReason {
  /** The reader went away. */
  GONE,
  /** The reader did not read for longer than the server lets a write take. */
  SLOW,
  /** There are as many readers as there may be. */
  FULL,
  /** There are as many from this address, or of this user, as there may be. */
  LIMITED,
  /** As much is being looked for in the journal as may be at a time. */
  BUSY,
  /** The application is going down, or to be replaced. */
  DRAINING,
  /**
   * Who reads has to say anew who it is: its token or its session ends, or it has been here for
   * long enough.
   */
  EXPIRED,
  /** An administrator has ended it. */
  ENDED,
  /** The journal can't be read now. */
  UNAVAILABLE,
  /** Code of the application closed it. */
  CLOSED,
  /** Code of the application closed the broadcaster, but not the sinks it had registered. */
  RELEASED;

  /** How it stands on the wire. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
