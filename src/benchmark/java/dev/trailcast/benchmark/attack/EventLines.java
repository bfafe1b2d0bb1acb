package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.ResponseBody;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** The lines of a response's head, and then of its body. Belongs to one thread. */
final class EventLines implements AutoCloseable {
  private final Socket socket;
  private final byte[] buffer = new byte[8192];
  private final Queue<String> lines = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private final ResponseBody body = new ResponseBody(true, this::piece);

  // the head is read as it comes, and ends with an empty line
  private boolean inBody;
  private boolean empty = true;

  /** Closes the socket when it is closed itself. */
  EventLines(Socket socket) {
    this.socket = socket;
  }

  /**
   * Waits for the next line.
   *
   * @throws IOException also at the end
   */
  String next() throws IOException {
    while (lines.isEmpty()) {
      int length = socket.getInputStream().read(buffer);
      if (length < 0) {
        throw new EOFException();
      }
      int from = 0;
      while (!inBody && from < length) {
        head(buffer[from++]);
      }
      body.take(ByteBuffer.wrap(buffer), from, length);
    }
    return lines.remove();
  }

  private void head(byte octet) {
    if (octet == '\n') {
      inBody = empty;
      empty = true;
    } else if (octet != '\r') {
      empty = false;
    }
  }

  private void piece(ByteBuffer bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      char next = (char) bytes.get(at);
      if (next == '\n') {
        lines.add(line.toString());
        line.setLength(0);
      } else {
        line.append(next);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
