package dev.trailcast.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The bytes of a request as they were meant: unpacked where they are gzip, and without the byte
 * order mark some editors begin a file with. The bytes decide and not the label: RudderStack packs
 * without saying so, a proxy or the server itself unpacks and leaves the label, and no JSON begins
 * like gzip.
 *
 * <p>What is opened leaves the request open when it is closed. It throws
 *
 * <ul>
 *   <li>{@link BrokenOffException} if the client has gone away,
 *   <li>{@link OverdueException} if it lets the server wait for too long,
 *   <li>any other {@link IOException} if the packing is damaged, or is refused for what it unpacks
 *       to; its message goes on after "is".
 * </ul>
 */
public final class RequestBody {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private RequestBody() {}

  /** Opens {@code body}, which may take as long as the server waits for the next byte. */
  public static InputStream open(InputStream body) throws IOException {
    return opened(new Arriving(body));
  }

  /** Opens {@code body}, which must have arrived to its end {@code within} this time. */
  public static InputStream open(InputStream body, Duration within) throws IOException {
    return open(body, within, System::nanoTime);
  }

  /**
   * Opens {@code body} likewise, whose bytes are meant as they are: they may be gzip, or what
   * begins like a byte order mark.
   */
  public static InputStream openAsItIs(InputStream body, Duration within) {
    return new Punctual(new Arriving(body), within, System::nanoTime);
  }

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  static InputStream open(InputStream body, Duration within, LongSupplier clock)
      throws IOException {
    return opened(new Punctual(new Arriving(body), within, clock));
  }

  private static InputStream opened(InputStream body) throws IOException {
    PushbackInputStream packed = new PushbackInputStream(body, BYTE_ORDER_MARK.length);
    if (!begins(packed, GZIP)) {
      return withoutByteOrderMark(packed);
    }
    GzipReader unpacked = new GzipReader(packed);
    try {
      return withoutByteOrderMark(new PushbackInputStream(unpacked, BYTE_ORDER_MARK.length));
    } catch (IOException e) {
      unpacked.close();
      throw e;
    }
  }

  private static InputStream withoutByteOrderMark(PushbackInputStream text) throws IOException {
    if (begins(text, BYTE_ORDER_MARK)) {
      text.skipNBytes(BYTE_ORDER_MARK.length);
    }
    return text;
  }

  private static boolean begins(PushbackInputStream in, byte[] expected) throws IOException {
    byte[] first = in.readNBytes(expected.length);
    in.unread(first);
    return Arrays.equals(first, expected);
  }

  /** What the server receives, and why it doesn't. */
  private static final class Arriving extends FilterInputStream {
    Arriving(InputStream request) {
      super(request);
    }

    @Override
    public int read() throws IOException {
      try {
        return in.read();
      } catch (IOException e) {
        throw whyNot(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        throw whyNot(e);
      }
    }

    private static IOException whyNot(IOException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof SocketTimeoutException || cause instanceof TimeoutException) {
          return new OverdueException("no more of it came for longer than this server waits", e);
        }
      }
      return new BrokenOffException(e);
    }

    @Override
    public void close() {} // the request is the server's to close
  }

  /** What must have come to its end within a time. */
  private static final class Punctual extends FilterInputStream {
    private final Duration within;
    private final LongSupplier clock;
    private final long begun;

    Punctual(InputStream in, Duration within, LongSupplier clock) {
      super(in);
      this.within = within;
      this.clock = clock;
      this.begun = clock.getAsLong();
    }

    @Override
    public int read() throws IOException {
      return inTime(in.read());
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return inTime(in.read(buffer, offset, length));
    }

    private int inTime(int read) throws IOException {
      if (read >= 0 && clock.getAsLong() - begun > within.toNanos()) {
        throw new OverdueException("it must have arrived within " + within, null);
      }
      return read;
    }
  }
}
