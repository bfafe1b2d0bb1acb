package dev.trailcast.stream.wire;

import jakarta.ws.rs.sse.OutboundSseEvent;

/**
 * Something readers get, in its one encoding that all of them share. Immutable.
 *
 * <p>Its {@link #offset()} says where in the journal it belongs: the entry's own, or for a
 * transient event that of the entry before it.
 */
public sealed interface Frame permits RecordedFrame, TransientFrame {
  long offset();

  /** How many bytes its encoding takes. */
  int bytes();

  /** Writes it as a Server-Sent Event; {@code named} asks for the activity's type as its name. */
  void writeSse(WriteBuffer out, boolean named);

  /** Writes it as a line of JSON. */
  void writeLine(WriteBuffer out);

  /** The same for a sink that encodes itself. */
  OutboundSseEvent event();
}
