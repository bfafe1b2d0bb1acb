package dev.trailcast.stream.wire;

import jakarta.ws.rs.sse.OutboundSseEvent;

/**
 * The place on the trail of an entry that was erased: nobody gets it any more.
 *
 * @param offset of the entry
 */
public record ErasedFrame(long offset) implements Frame {
  @Override
  public int bytes() {
    return 0;
  }

  @Override
  public void writeSse(WriteBuffer out, boolean named) {
    // there is nothing
  }

  @Override
  public void writeLine(WriteBuffer out) {
    // there is nothing
  }

  @Override
  public OutboundSseEvent event() {
    throw new IllegalStateException("nothing is left of the entry at " + offset);
  }
}
