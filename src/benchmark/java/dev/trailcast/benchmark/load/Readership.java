package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Issuer;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Who reads.
 *
 * @param readers how many
 * @param stalled how many of them stop reading when publishing begins
 * @param following what they follow
 * @param gzip whether they take gzip
 * @param issuer logs each in as a user of its own; null where nobody is logged in
 */
public record Readership(
    int readers, int stalled, Following following, boolean gzip, Issuer issuer) {
  /** What readers follow. */
  public enum Following {
    /** All that is published. */
    EVERYTHING,
    /** Each an actor of its own. */
    ONE_ACTOR_EACH,
    /** One actor, and those who stall also one with so much to say that they do. */
    TALKATIVE,
    /** One actor, and those who stall all that is kept, of which they never read a thing. */
    HISTORY,
    /** The same, each of those who stall from an address of its own. */
    HISTORY_FROM_ANYWHERE
  }

  /**
   * Of 28,000 ports that Linux has for those who connect, half are found at once, and each of the
   * others takes it some milliseconds, in which the server's thread may not look at its sockets.
   */
  private static final int FROM_ONE_ADDRESS = 10_000;

  private static final String SOMEBODY = "alice";
  private static final String TALKER = "bob";

  public Readership {
    if (readers < 0 || stalled < 0 || stalled > readers) {
      throw new IllegalArgumentException(stalled + " of " + readers + " readers can't stall");
    }
  }

  /** Everybody reads everything. */
  public static Readership of(int readers) {
    return new Readership(readers, 0, Following.EVERYTHING, false, null);
  }

  /** The same, and so many more who stop reading, and are sent more than their sockets hold. */
  public Readership besides(int few) {
    return new Readership(readers + few, few, Following.TALKATIVE, gzip, issuer);
  }

  /** The same, and so many more who want all that is kept, and never read. */
  public Readership besidesForHistory(int few, boolean fromAnywhere) {
    return new Readership(
        readers + few,
        few,
        fromAnywhere ? Following.HISTORY_FROM_ANYWHERE : Following.HISTORY,
        gzip,
        issuer);
  }

  /** The same where each follows an actor of its own. */
  public Readership withFilters() {
    return new Readership(readers, stalled, Following.ONE_ACTOR_EACH, gzip, issuer);
  }

  /** The same where they take gzip. */
  public Readership withGzip() {
    return new Readership(readers, stalled, following, true, issuer);
  }

  /** The same where each is logged in as a user of its own. */
  public Readership loggedInBy(Issuer issuer) {
    return new Readership(readers, stalled, following, gzip, issuer);
  }

  /** Whether those who stall never read, not even the beginning of their response. */
  boolean neverReads(int reader) {
    return reader < stalled && following != Following.TALKATIVE;
  }

  /** Where a reader comes from: addresses of this machine. */
  InetSocketAddress origin(int reader) {
    boolean anywhere = following == Following.HISTORY_FROM_ANYWHERE && reader < stalled;
    return new InetSocketAddress(
        anywhere
            ? "127.1.%d.%d".formatted(reader / 250, reader % 250 + 1)
            : "127.0.0.%d".formatted(reader / FROM_ONE_ADDRESS + 1),
        0);
  }

  /** How many deliveries so many events make to those who do not stall. */
  long deliveries(long events) {
    return deliveries(events, readers - stalled);
  }

  /** How many deliveries so many events make to some of the readers, or to the one they are for. */
  long deliveries(long events, long some) {
    return following == Following.ONE_ACTOR_EACH ? events : events * some;
  }

  /** Whether the event at an index of a feed is for this reader. */
  boolean wants(int reader, int index) {
    return following != Following.ONE_ACTOR_EACH || index % readers == reader;
  }

  /** Among how many actors the events go round. */
  int actors() {
    return following == Following.ONE_ACTOR_EACH ? readers : 1;
  }

  /** Who does what the event at this index is about. */
  String actor(int index) {
    return following == Following.ONE_ACTOR_EACH ? "user-" + index % readers : SOMEBODY;
  }

  /** Who says more than the sockets of those hold who stall; null if nobody does. */
  String talker() {
    return following == Following.TALKATIVE ? TALKER : null;
  }

  /** The request of a reader, with further headers. */
  byte[] request(int port, String path, int reader, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Accept: text/event-stream");
    all.add("Accept-Encoding: " + (gzip ? "gzip" : "identity"));
    if (issuer != null) {
      all.add("Authorization: Bearer " + issuer.token("user-" + reader));
    }
    return HttpConnection.get(port, path + query(reader), all.toArray(String[]::new));
  }

  private String query(int reader) {
    return switch (following) {
      case EVERYTHING -> "";
      case ONE_ACTOR_EACH -> "?actor=" + actor(reader);
      case HISTORY, HISTORY_FROM_ANYWHERE ->
          reader < stalled ? "?lastEventId=earliest" : "?actor=" + SOMEBODY;
      case TALKATIVE -> "?actor=" + SOMEBODY + (reader < stalled ? "&actor=" + TALKER : "");
    };
  }
}
