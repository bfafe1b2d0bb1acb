package dev.trailcast.stream.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * One reader's stream as gzip (RFC 1952): a header of its own, then pieces that were packed for
 * everybody and pieces that are its own, and at the end the trailer that belongs to just these. So
 * packing costs once, however many readers there are, and a reader costs its checksum.
 *
 * <p>For one thread at a time.
 */
public final class Gzip {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /** An empty block that is the last one. */
  private static final byte[] LAST_BLOCK = {3, 0};

  private final Compression compression;
  private boolean begun;
  private int crc;
  private int length; // modulo 2^32, as the trailer has it

  public Gzip(Compression compression) {
    this.compression = compression;
  }

  /** Whether an {@code Accept-Encoding} (RFC 9110, section 12.5.3) asks for it; null is none. */
  public static boolean isAccepted(String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String each : acceptEncoding.toLowerCase(Locale.ROOT).split(",")) {
      String[] coding = each.strip().split("\\s*;\\s*q\\s*=\\s*", 2);
      if (coding[0].equals("gzip") || coding[0].equals("x-gzip")) {
        return coding.length == 1 || !coding[1].matches("0(\\.0*)?");
      }
    }
    return false;
  }

  /** Writes, and returns how many bytes. */
  long write(WriteBuffer buffer, OutputStream out) throws IOException {
    long bytes = begin(out);
    int from = 0;
    for (WriteBuffer.Insert insert : buffer.inserts()) {
      bytes += packAndWrite(buffer.bytes(), from, insert.at(), out);
      bytes += write(insert.piece(), out);
      from = insert.at();
    }
    return bytes + packAndWrite(buffer.bytes(), from, buffer.length(), out);
  }

  private int packAndWrite(byte[] bytes, int from, int to, OutputStream out) throws IOException {
    return from < to ? write(compression.pack(bytes, from, to), out) : 0;
  }

  private int write(Packed piece, OutputStream out) throws IOException {
    out.write(piece.blocks());
    crc = Crc32.combine(crc, piece.crc(), piece.shift());
    length += piece.length();
    return piece.blocks().length;
  }

  public void end(OutputStream out) throws IOException {
    begin(out);
    WriteBuffer end = new WriteBuffer(LAST_BLOCK.length + 2 * Integer.BYTES);
    end.put(LAST_BLOCK).putInt(crc).putInt(length);
    end.writeTo(out);
  }

  private int begin(OutputStream out) throws IOException {
    if (begun) {
      return 0;
    }
    out.write(HEADER);
    begun = true;
    return HEADER.length;
  }
}
