package dev.trailcast.benchmark.load;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * One reader, which checks what it gets: that it comes once, and in the order of each publisher.
 * Belongs to its {@link ReaderLoop} until that has ended.
 */
final class Reader {
  private static final String END_OF_HEAD = "\r\n\r\n";
  private static final int LONGEST_HEAD = 8192;

  private final Feed feed;
  private final StampScanner scanner;
  private final boolean unpacks;
  private final Latencies latencies;
  private final IntPredicate mine;
  private final BitSet seen = new BitSet();
  private final int[] newest; // the index of the newest event of each publisher
  private StringBuilder head = new StringBuilder();
  private ResponseBody body;
  private boolean compressed;
  private boolean checked = true;
  private long now;
  private int delivered;
  private int doubled;
  private int disordered;
  private long order = 1;

  /**
   * @param mine which events should come, by index
   * @param unpacks whether to check what comes compressed; otherwise it is only counted
   */
  Reader(Feed feed, Stamp stamp, boolean unpacks, Latencies latencies, IntPredicate mine) {
    this.feed = feed;
    this.scanner = new StampScanner(stamp);
    this.unpacks = unpacks;
    this.latencies = latencies;
    this.mine = mine;
    this.newest = new int[feed.publishers()];
    Arrays.fill(newest, -1);
  }

  /**
   * Takes what has arrived.
   *
   * @return how many events were new in it
   */
  int take(ByteBuffer bytes, long nanoTime) {
    now = nanoTime;
    int before = delivered;
    int from = bytes.position();
    while (head != null && from < bytes.limit()) {
      readHead((char) bytes.get(from++));
    }
    if (body != null) {
      body.take(bytes, from, bytes.limit());
    }
    return delivered - before;
  }

  private void readHead(char next) {
    head.append(next);
    if (next == '\n' && head.indexOf(END_OF_HEAD) >= 0) {
      String lowered = head.toString().toLowerCase(Locale.ROOT);
      if (!lowered.startsWith("http/1.1 200")) {
        throw new IllegalStateException("the server answered " + head);
      }
      compressed = lowered.contains("\r\ncontent-encoding: gzip\r\n");
      body = new ResponseBody(lowered.contains("\r\ntransfer-encoding: chunked\r\n"), content());
      head = null;
    } else if (head.length() > LONGEST_HEAD) {
      throw new IllegalStateException("the server answered " + head);
    }
  }

  private ResponseBody.Content content() {
    ResponseBody.Content plain = (bytes, from, to) -> scanner.scan(bytes, from, to, this::arrived);
    if (!compressed) {
      return plain;
    }
    checked = unpacks;
    return unpacks ? new GzipContent(plain) : (bytes, from, to) -> {};
  }

  private void arrived(long number) {
    int index = feed.index(number);
    if (index < 0) {
      return;
    }
    if (seen.get(index)) {
      doubled++;
      return;
    }
    seen.set(index);
    delivered++;
    order = order * 31 + index;
    int publisher = index % newest.length;
    if (index < newest[publisher]) {
      disordered++;
    } else {
      newest[publisher] = index;
    }
    latencies.record(now - feed.sentAt(index));
  }

  /** Whether the response has begun. */
  boolean isAnswered() {
    return head == null;
  }

  boolean isCompressed() {
    return compressed;
  }

  /** Whether events are looked at, not only counted as bytes. */
  boolean isChecked() {
    return checked;
  }

  /** How many of the events that the server has taken have not come. */
  int lost() {
    return feed.missing(seen, mine);
  }

  int doubled() {
    return doubled;
  }

  int disordered() {
    return disordered;
  }

  /** Equal for readers that saw the same events in the same order. */
  long order() {
    return order;
  }
}
