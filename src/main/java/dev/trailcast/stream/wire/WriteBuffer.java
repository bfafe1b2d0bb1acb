package dev.trailcast.stream.wire;

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
public final class WriteBuffer {
  /**
   * When to write: where a write is this long the system call no longer counts, and the kernel
   * takes it whole from a reader that keeps up. With the frame that fills it, it is to be no longer
   * than 64 KB: Open Liberty writes 32 KB at a time, and made a third system call for a rest of 200
   * bytes.
   */
  public static final int FULL = 60 * 1024;

  /**
   * The same for a reader of whom nobody has seen yet that it reads: any socket holds so much, also
   * where the other side offers next to no room (Linux begins with {@code tcp_wmem}'s 16 KB).
   */
  public static final int FIRST = 12 * 1024;

  private byte[] bytes;
  private int length;

  /** What was packed before, and stands between the bytes. */
  private final List<Insert> inserts = new ArrayList<>();

  private int inserted; // or goes out by another way
  private long unpacked; // how long that is, unpacked
  private int full = FULL;

  private final Cargo cargo = new Cargo();

  /**
   * @param at how many bytes come before it
   */
  record Insert(int at, Packed piece) {}

  public WriteBuffer() {
    this(FULL);
  }

  /**
   * @param size how much it holds before it grows
   */
  public WriteBuffer(int size) {
    bytes = new byte[size];
  }

  public void clear() {
    clear(FULL);
  }

  /**
   * Begins anew.
   *
   * @param newFull how much it is to hold when it is time to write
   */
  public void clear(int newFull) {
    full = newFull;
    length = 0;
    inserts.clear();
    inserted = 0;
    unpacked = 0;
    cargo.clear();
  }

  /** What stands in it for its reader, to be counted when it is out. */
  public Cargo cargo() {
    return cargo;
  }

  /** How long all of it is, unpacked. */
  public long plainBytes() {
    return length + unpacked;
  }

  /** Begins anew, and keeps nothing of what was in it: it may be erased everywhere else. */
  public void wipe() {
    Arrays.fill(bytes, 0, length, (byte) 0);
    clear();
  }

  public boolean isEmpty() {
    return weight() == 0;
  }

  /** Something of this length goes out with it, by another way. */
  void weigh(int more) {
    inserted += more;
    unpacked += more;
  }

  /** How much goes out, about. */
  int weight() {
    return length + inserted;
  }

  /** How much more goes in until it is full; never negative. */
  public int room() {
    return Math.max(0, full - weight());
  }

  int length() {
    return length;
  }

  /** Up to {@link #length}; not copied. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether it is time to write. It still takes more: no frame is ever cut. */
  public boolean isFull() {
    return weight() >= full;
  }

  public WriteBuffer put(byte[] source, int from, int to) {
    int added = to - from;
    if (bytes.length - length < added) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + added));
    }
    System.arraycopy(source, from, bytes, length, added);
    length += added;
    return this;
  }

  public WriteBuffer put(byte[] source) {
    return put(source, 0, source.length);
  }

  public WriteBuffer put(byte value) {
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

  /** Puts what was packed before; then all of it has to go out as {@link Gzip}. */
  public void insert(Packed piece) {
    inserts.add(new Insert(length, piece));
    inserted += piece.blocks().length;
    unpacked += piece.length();
  }

  /** What was inserted, in its order. */
  List<Insert> inserts() {
    return inserts;
  }

  /** Puts text in UTF-8. */
  public WriteBuffer put(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }
}
