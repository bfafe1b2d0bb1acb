package dev.trailcast.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952), any number of members one after the other, to the very end. What Java
 * has for it takes what follows a member, and can't be read, for nothing: half of a second member,
 * and a client that goes away there.
 *
 * <p>Throws a {@link ZipException} where the packing is damaged, or where next to nothing unpacks
 * to very much; its message goes on after "is". For one thread.
 */
final class GzipReader extends InputStream {
  private static final int BUFFER = 16 * 1024;

  /**
   * What is sent may be so many times larger once it is unpacked. Lines of an application's come to
   * 60; what is made to cost the server more than its sender, to 1,000.
   */
  private static final int MOST_TIMES = 200;

  /** So much may be unpacked from however little. */
  private static final long ALWAYS = 8 << 20;

  private static final int DEFLATE = 8;

  // bits of a member's flags
  private static final int HEADER_SUM = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0b1110_0000;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private final byte[] buffer = new byte[BUFFER];
  private int at; // what is not used yet of the buffer, while no member is being unpacked
  private int end;
  private long packedBytes;
  private long plainBytes;
  private boolean inMember;
  private boolean ended;

  GzipReader(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] plain, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !beginMember()) {
        break;
      }
      int count = inflate(plain, offset, length);
      if (count > 0) {
        sum.update(plain, offset, count);
        plainBytes += count;
        if (plainBytes > ALWAYS && plainBytes > MOST_TIMES * packedBytes) {
          throw new ZipException(
              "gzip that unpacks to more than " + MOST_TIMES + " times its size");
        }
        return count;
      }
    }
    ended = true;
    return -1;
  }

  /** What is next in this member; 0 where it has come to its end. */
  private int inflate(byte[] plain, int offset, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(plain, offset, length);
        if (count > 0) {
          return count;
        }
        if (inflater.finished()) {
          endMember();
          return 0;
        }
        if (inflater.needsDictionary()) {
          throw damaged("a dictionary, which gzip has none of");
        }
        if (!fill()) {
          throw damaged("it ends inside of a member");
        }
        inflater.setInput(buffer, at, end - at);
        at = end;
      }
    } catch (DataFormatException e) {
      throw damaged(e.getMessage());
    }
  }

  /** Reads a member's header; false at the end of all. */
  private boolean beginMember() throws IOException {
    if (at == end && !fill()) {
      return false;
    }
    if (next() != 0x1f || next() != 0x8b) {
      throw damaged("something that is not gzip follows");
    }
    if (next() != DEFLATE) {
      throw damaged("a method that gzip has not");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw damaged("flags that gzip has not");
    }
    skip(6); // time, extra flags, operating system
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_SUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, at, end - at);
    at = end;
    sum.reset();
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    at = end - inflater.getRemaining();
    if (nextInt() != sum.getValue()) {
      throw damaged("a wrong checksum");
    }
    if (nextInt() != (inflater.getBytesWritten() & 0xffff_ffffL)) {
      throw damaged("a wrong length");
    }
    inMember = false;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // on to its end
    }
  }

  private long nextInt() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    if (at == end && !fill()) {
      throw damaged("it ends inside of a member");
    }
    return buffer[at++] & 0xff;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, packed.read(buffer, 0, buffer.length));
    packedBytes += end;
    return end > 0;
  }

  private static ZipException damaged(String how) {
    return new ZipException("damaged gzip: " + how);
  }

  @Override
  public void close() throws IOException {
    ended = true;
    inflater.end();
    packed.close();
  }
}
