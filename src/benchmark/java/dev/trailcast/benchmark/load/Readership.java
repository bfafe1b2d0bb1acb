package dev.trailcast.benchmark.load;

import java.util.Arrays;

/**
 * Who reads.
 *
 * @param readers how many
 * @param stalled how many of them stop reading when publishing begins
 * @param filtering whether each follows an actor of its own, instead of everything
 * @param gzip whether they take gzip
 */
public record Readership(int readers, int stalled, boolean filtering, boolean gzip) {
  static final String SOMEBODY = "alice";

  public Readership {
    if (readers < 0 || stalled < 0 || stalled > readers) {
      throw new IllegalArgumentException(stalled + " of " + readers + " readers can't stall");
    }
  }

  /** Everybody reads everything. */
  public static Readership of(int readers) {
    return new Readership(readers, 0, false, false);
  }

  /** The same where so many stop reading. */
  public Readership stalling(int few) {
    return new Readership(readers, few, filtering, gzip);
  }

  /** The same where each follows an actor of its own. */
  public Readership withFilters() {
    return new Readership(readers, stalled, true, gzip);
  }

  /** The same where they take gzip. */
  public Readership withGzip() {
    return new Readership(readers, stalled, filtering, true);
  }

  /** How many deliveries so many events make to those who do not stall. */
  public long deliveries(long events) {
    return filtering ? events : events * (readers - stalled);
  }

  /** Whether the event at an index of a feed is for this reader. */
  boolean wants(int reader, int index) {
    return !filtering || index % readers == reader;
  }

  /** Who does what the event at this index is about. */
  String actor(int index) {
    return filtering ? "user-" + index % readers : SOMEBODY;
  }

  /** The request of a reader, with further headers. */
  byte[] request(int port, String path, int reader, String... headers) {
    String query = filtering ? "?actor=" + actor(reader) : "";
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Accept: text/event-stream";
    all[headers.length + 1] = "Accept-Encoding: " + (gzip ? "gzip" : "identity");
    return HttpConnection.get(port, path + query, all);
  }
}
