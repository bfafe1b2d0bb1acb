package dev.trailcast.benchmark.load;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) that is flushed with every write: what has come is given on at once. The
 * header is taken to be the bare one of ten bytes.
 */
final class GzipContent implements ResponseBody.Content {
  private static final int HEADER = 10;

  private final ResponseBody.Content plain;
  private final Inflater inflater = new Inflater(true);
  private final ByteBuffer unpacked = ByteBuffer.allocateDirect(64 * 1024);
  private int header = HEADER;

  GzipContent(ResponseBody.Content plain) {
    this.plain = plain;
  }

  @Override
  public void piece(ByteBuffer bytes, int from, int to) {
    int skipped = Math.min(header, to - from);
    header -= skipped;
    if (from + skipped == to) {
      return;
    }
    inflater.setInput(bytes.duplicate().limit(to).position(from + skipped));
    try {
      while (inflater.inflate(unpacked.clear()) > 0) {
        plain.piece(unpacked, 0, unpacked.position());
      }
    } catch (DataFormatException e) {
      throw new IllegalStateException("the server sent broken gzip", e);
    }
  }
}
