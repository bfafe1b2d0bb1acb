package dev.trailcast.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a request as they were meant: unpacked where they are gzip, and without the byte
 * order mark some editors begin a file with. The bytes decide and not the label: RudderStack packs
 * without saying so, a proxy unpacks without saying so, and no JSON begins like gzip.
 */
public final class RequestBody extends PushbackInputStream {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int PACKED_BUFFER = 16 * 1024;

  private RequestBody(InputStream in) {
    super(in, BYTE_ORDER_MARK.length);
  }

  /**
   * Opens {@code body}; closing gives back what unpacking took, and leaves {@code body} open.
   *
   * @throws BrokenOffException if the client goes away, here and from the stream
   * @throws IOException if the packing is damaged, here and from the stream
   */
  public static InputStream open(InputStream body) throws IOException {
    RequestBody packed = new RequestBody(body);
    if (!packed.beginsWith(GZIP)) {
      packed.skipByteOrderMark();
      return packed;
    }
    RequestBody plain = new RequestBody(new GZIPInputStream(packed, PACKED_BUFFER));
    plain.skipByteOrderMark();
    return plain;
  }

  private void skipByteOrderMark() throws IOException {
    if (beginsWith(BYTE_ORDER_MARK)) {
      skipNBytes(BYTE_ORDER_MARK.length);
    }
  }

  private boolean beginsWith(byte[] expected) throws IOException {
    byte[] first = readNBytes(expected.length);
    unread(first);
    return Arrays.equals(first, expected);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw whoseFault(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      throw whoseFault(e);
    }
  }

  private IOException whoseFault(IOException e) {
    return in instanceof GZIPInputStream ? e : new BrokenOffException(e);
  }

  /**
   * 0 at the end and only there: from this GZIPInputStream infers whether another packed member
   * follows, and a server's stream says 0 also where the next packet is not there yet.
   */
  @Override
  public int available() throws IOException {
    int next = read();
    if (next < 0) {
      return 0;
    }
    unread(next);
    return 1;
  }

  @Override
  public void close() throws IOException {
    if (in instanceof GZIPInputStream) {
      super.close();
    }
  }
}
