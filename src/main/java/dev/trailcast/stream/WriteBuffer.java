package dev.trailcast.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Gathers what goes to a reader in one write. Belongs to the thread that writes, not to the reader,
 * so that ten thousand idle readers have none.
 */
final class WriteBuffer {
  /**
   * When to write: where a write is this long the system call no longer counts, and the kernel
   * takes it whole from a reader that keeps up.
   */
  private static final int FULL = 64 * 1024;

  private byte[] bytes = new byte[FULL];
  private int length;

  void clear() {
    length = 0;
  }

  boolean isEmpty() {
    return length == 0;
  }

  /** How much more goes in until it is full; never negative. */
  int room() {
    return Math.max(0, FULL - length);
  }

  int length() {
    return length;
  }

  /** Whether it is time to write. It still takes more: no frame is ever cut. */
  boolean isFull() {
    return length >= FULL;
  }

  WriteBuffer put(byte[] source, int from, int to) {
    int added = to - from;
    if (bytes.length - length < added) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + added));
    }
    System.arraycopy(source, from, bytes, length, added);
    length += added;
    return this;
  }

  WriteBuffer put(byte[] source) {
    return put(source, 0, source.length);
  }

  /** Puts text in UTF-8. */
  WriteBuffer put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
