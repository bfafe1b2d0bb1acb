package dev.trailcast.stream.wire;

import jakarta.ws.rs.sse.OutboundSseEvent;

/**
 * What the application broadcasts, in its place on the trail.
 *
 * @param offset that of the entry it came after
 */
public record TransientFrame(TransientEvent sent, long offset) implements Frame {
  @Override
  public int bytes() {
    return sent.bytes();
  }

  @Override
  public void writeSse(WriteBuffer out, boolean named) {
    sent.writeSse(out, named);
  }

  @Override
  public void writeLine(WriteBuffer out) {
    sent.writeLine(out);
  }

  @Override
  public OutboundSseEvent event() {
    return sent.event();
  }
}
