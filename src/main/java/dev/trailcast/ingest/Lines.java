package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The lines of a text of any length, in constant memory: each ends with LF or CRLF, the last also
 * with the end. For one thread.
 */
final class Lines {
  private static final int USUAL_BUFFER = 64 * 1024;

  private final InputStream in;
  private final int longest;

  // buffer: …done… [start] …this line… [scanned] …not looked at… [end] …free…
  private byte[] buffer;
  private int start;
  private int scanned;
  private int end;

  private boolean ended;
  private boolean tooLong; // of this line, what has been read is dropped already
  private long number;

  /**
   * Reads from {@code in}.
   *
   * @param longest how many bytes a line may have
   */
  Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
    this.buffer = new byte[Math.min(USUAL_BUFFER, mostHeld(longest))];
  }

  /** How many bytes it has in memory at most. */
  static int mostHeld(int longest) {
    return longest + 1;
  }

  /**
   * A line, to be made use of before the next is read.
   *
   * @param number counted from 1, blank lines too
   * @param bytes how many it has, or as many as one may have if it has more
   * @param element what stands in it
   */
  record Line(long number, int bytes, Supplier<Activity> element) {}

  /** The next line that is not blank; null at the end. */
  Line next() throws IOException {
    while (hasWholeLine() || fill()) {
      Line line = take();
      if (line != null) {
        return line;
      }
    }
    return null;
  }

  /** Whether another line has been read to its end, so that the next one need not be waited for. */
  boolean hasWholeLine() {
    while (scanned < end && buffer[scanned] != '\n') {
      scanned++;
    }
    return scanned < end;
  }

  /** Reads on to the end of this line; false if there is none any more. */
  private boolean fill() throws IOException {
    while (!ended) {
      if (scanned - start > longest) {
        tooLong = true;
      }
      if (tooLong) {
        start = scanned;
      }
      makeRoom();
      int count = in.read(buffer, end, buffer.length - end);
      ended = count < 0;
      end += Math.max(count, 0);
      if (hasWholeLine()) {
        return true;
      }
    }
    return start < end || tooLong;
  }

  private void makeRoom() {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      scanned -= start;
      end -= start;
      start = 0;
    } else if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(2 * end, mostHeld(longest)));
    }
  }

  /** Takes the line that ends where scanning stopped; null if it is blank. */
  private Line take() {
    int from = start;
    int to = scanned;
    boolean isTooLong = tooLong || to - from > longest;
    start = scanned = Math.min(scanned + 1, end);
    tooLong = false;
    number++;
    if (isTooLong) {
      return new Line(
          number,
          longest,
          () -> {
            throw OversizedActivityException.asSent(longest);
          });
    }
    return isBlank(from, to)
        ? null
        : new Line(number, to - from, () -> ActivityReader.read(Utf8.decode(buffer, from, to)));
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
