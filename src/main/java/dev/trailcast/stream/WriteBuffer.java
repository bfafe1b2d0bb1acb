package dev.trailcast.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  private byte[] bytes;
  private int length;

  /** What was packed before, and stands between the bytes. */
  private final List<Insert> inserts = new ArrayList<>();

  private int inserted;

  /**
   * @param at how many bytes come before it
   */
  private record Insert(int at, Compression.Packed piece) {}

  WriteBuffer() {
    this(FULL);
  }

  /**
   * @param size how much it holds before it grows
   */
  WriteBuffer(int size) {
    bytes = new byte[size];
  }

  void clear() {
    length = 0;
    inserts.clear();
    inserted = 0;
  }

  boolean isEmpty() {
    return length == 0 && inserts.isEmpty();
  }

  /** How much goes out, about. */
  int weight() {
    return length + inserted;
  }

  /** How much more goes in until it is full; never negative. */
  int room() {
    return Math.max(0, FULL - weight());
  }

  int length() {
    return length;
  }

  /** Whether it is time to write. It still takes more: no frame is ever cut. */
  boolean isFull() {
    return weight() >= FULL;
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

  WriteBuffer put(byte value) {
    return put(new byte[] {value});
  }

  /** Puts two bytes, the lower one first. */
  WriteBuffer putShort(int value) {
    return put((byte) value).put((byte) (value >> 8));
  }

  /** Puts four bytes, the lowest one first. */
  WriteBuffer putInt(int value) {
    return putShort(value).putShort(value >> 16);
  }

  /** Puts what was packed before; then all of it has to go out {@link #pack packed}. */
  void insert(Compression.Packed piece) {
    inserts.add(new Insert(length, piece));
    inserted += piece.blocks().length;
  }

  /** Everything in its order, packed: what was inserted, and the bytes between. */
  List<Compression.Packed> pack(Compression compression) {
    List<Compression.Packed> pieces = new ArrayList<>(2 * inserts.size() + 1);
    int from = 0;
    for (Insert insert : inserts) {
      if (from < insert.at()) {
        pieces.add(compression.pack(bytes, from, insert.at()));
      }
      pieces.add(insert.piece());
      from = insert.at();
    }
    if (from < length) {
      pieces.add(compression.pack(bytes, from, length));
    }
    return pieces;
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
