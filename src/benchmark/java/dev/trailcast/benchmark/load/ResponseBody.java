package dev.trailcast.benchmark.load;

import java.nio.ByteBuffer;

/**
 * The body of a response without its chunk framing (RFC 9112, section 7.1): pieces come in, cut
 * anywhere, and pieces of the content go on.
 */
public final class ResponseBody {
  /** Takes a piece of the content: from an index, inclusive, to another, exclusive. */
  public interface Content {
    void piece(ByteBuffer bytes, int from, int to);
  }

  private enum State {
    SIZE,
    EXTENSION,
    DATA,
    END_OF_DATA
  }

  private final boolean chunked;
  private final Content content;
  private State state = State.SIZE;
  private int size;

  /**
   * @param chunked whether it is framed at all
   */
  public ResponseBody(boolean chunked, Content content) {
    this.chunked = chunked;
    this.content = content;
  }

  /** Takes what has come, from an index, inclusive, to another, exclusive. */
  public void take(ByteBuffer bytes, int from, int to) {
    if (!chunked) {
      content.piece(bytes, from, to);
      return;
    }
    int at = from;
    while (at < to) {
      if (state == State.DATA) {
        int end = Math.min(to, at + size);
        content.piece(bytes, at, end);
        size -= end - at;
        at = end;
        if (size == 0) {
          state = State.END_OF_DATA;
        }
      } else {
        frame(bytes.get(at++));
      }
    }
  }

  private void frame(byte octet) {
    if (octet == '\n') {
      state = state != State.END_OF_DATA && size > 0 ? State.DATA : State.SIZE;
    } else if (state == State.SIZE) {
      int digit = Character.digit(octet, 16);
      if (digit >= 0) {
        size = size * 16 + digit;
      } else {
        state = State.EXTENSION;
      }
    }
  }
}
