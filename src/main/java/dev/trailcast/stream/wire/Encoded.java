package dev.trailcast.stream.wire;

import jakarta.ws.rs.sse.OutboundSseEvent;

/** What readers get, encoded once for all of them. */
public interface Encoded {
  /** How many bytes its encoding takes. */
  int bytes();

  /** Writes it as a Server-Sent Event; {@code named} asks for the activity's type as its name. */
  void writeSse(WriteBuffer out, boolean named);

  /** Writes it as a line of JSON. */
  void writeLine(WriteBuffer out);

  /** The same for a sink that encodes itself. */
  OutboundSseEvent event();
}
