package dev.trailcast.stream.wire;

import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.time.Instant;

/**
 * Where a reader's stream goes, in its format. Called by one thread at a time.
 *
 * <p>All but {@link #flush} and {@link #end} may only put into the buffer what is to be written.
 */
public interface Outlet {
  /**
   * The very first bytes.
   *
   * @param position where the reader is, without a position where that is not to be told yet
   */
  void opening(WriteBuffer out, ControlEvent position);

  /** A frame of the trail, or an event for this reader alone. */
  void frame(WriteBuffer out, Encoded frame);

  /** An event of ours. */
  void control(WriteBuffer out, ControlEvent event);

  /** Something, after a time of silence: next to nothing, or where the reader is. */
  void heartbeat(WriteBuffer out, Beat beat);

  /**
   * What a heartbeat can tell.
   *
   * @param position where the reader has come to; null where that is not to be told
   * @param moved whether it has not been told so
   * @param live whether there is nothing between there and now
   */
  record Beat(StreamPosition position, boolean moved, boolean live, Instant now) {}

  /** The last that is sent. */
  void closing(WriteBuffer out, CloseReason reason, long retryMilliseconds);

  /**
   * Sends what is in the buffer. May block for as long as the server lets a write take.
   *
   * @return how many bytes that was, packed if it is
   * @throws IOException if the reader is gone
   */
  long flush(WriteBuffer out) throws IOException;

  /** What it goes through, or null where that is not known. */
  Connection connection();

  /** The format of frames that were packed for everybody; null where it takes none. */
  Format packedFormat();

  /**
   * Ends the stream, after the last flush; never while one is under way.
   *
   * @param orderly whether the reader is still there
   */
  void end(boolean orderly);
}
