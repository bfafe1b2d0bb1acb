package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.HttpConnection;
import dev.trailcast.benchmark.load.LocalAddress;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Somebody who means well, while others do not: it publishes, follows what it has published, and
 * joins as a new reader, each a few times a second and from an address of its own. What fails is
 * tried again until it succeeds, and took as long as that. Safe for use by many threads.
 */
final class Witness implements AutoCloseable {
  private static final Duration BETWEEN = Duration.ofMillis(100);
  private static final int PATIENCE_MILLIS = 30_000;
  private static final byte[] ADDRESS = {127, 0, 99, 1};

  private static final String ID = "id: ";

  /** What tells that a stream has begun: refusals have it not. */
  private static final String BEGUN = "trailcast.position";

  // fixed at birth
  private final int port;
  private final String mark = "witness-" + System.nanoTime() + "-"; // of this one alone
  private final Thread[] threads;

  // safe by themselves
  private final Lasting publishing = new Lasting();
  private final Lasting following = new Lasting();
  private final Lasting joining = new Lasting();
  private final Map<Integer, Long> underway = new ConcurrentHashMap<>();

  private volatile boolean closed;

  Witness(int port) {
    this.port = port;
    threads =
        new Thread[] {
          new Thread(this::publish, "witness-publisher"),
          new Thread(this::follow, "witness-reader"),
          new Thread(this::join, "witness-newcomer")
        };
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Forgets what has been by now. */
  void begin() {
    underway.clear(); // the first ones may have come before it followed
    publishing.begin();
    following.begin();
    joining.begin();
  }

  /** The longest of each since then, with what is still under way. */
  Experience experience() {
    long unseen =
        underway.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    return new Experience(
        publishing.longest(Long.MAX_VALUE),
        following.longest(unseen),
        joining.longest(Long.MAX_VALUE));
  }

  private void publish() {
    try (HttpConnection connection = new HttpConnection(port, ADDRESS)) {
      for (int number = 0; !closed; number++) {
        long start = publishing.start();
        underway.put(number, start);
        while (!closed && !isRecorded(connection, number)) {
          Assailant.pause(BETWEEN);
        }
        publishing.end();
        Assailant.pause(BETWEEN);
      }
    } catch (IOException e) {
      // a connection that can't be closed is none
    }
  }

  private boolean isRecorded(HttpConnection connection, int number) {
    String id = mark + number;
    String activity = "{\"id\":\"" + id + "\",\"actor\":\"witness\",\"type\":\"was.here\"}";
    byte[] body = activity.getBytes(StandardCharsets.US_ASCII);
    try {
      return connection
          .exchange(HttpConnection.post(port, "/api/activities", "application/json", body))
          .isSuccess();
    } catch (IOException e) {
      return false;
    }
  }

  private void follow() {
    String from = "";
    while (!closed) {
      try (EventLines lines = open("/api/events?actor=witness" + from)) {
        for (String line = lines.next(); !closed; line = lines.next()) {
          if (line.startsWith(ID)) {
            from = "&lastEventId=" + line.substring(ID.length()); // as every client does
          }
          int at = line.indexOf(mark);
          if (at >= 0) {
            arrived(Integer.parseInt(line.substring(at + mark.length(), line.indexOf('"', at))));
          }
        }
      } catch (IOException e) {
        Assailant.pause(BETWEEN);
      }
    }
  }

  private void arrived(int number) {
    Long start = underway.remove(number);
    if (start != null) {
      following.took(start);
    }
  }

  private void join() {
    while (!closed) {
      joining.start();
      while (!closed && !isLetIn()) {
        Assailant.pause(BETWEEN);
      }
      joining.end();
      Assailant.pause(BETWEEN.multipliedBy(2));
    }
  }

  private boolean isLetIn() {
    try (EventLines lines = open("/api/events?actor=nobody")) {
      for (int i = 0; i < 10; i++) {
        if (lines.next().contains(BEGUN)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private EventLines open(String path) throws IOException {
    Socket socket = LocalAddress.connect(ADDRESS, port, PATIENCE_MILLIS);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(HttpConnection.get(port, path, "Accept: text/event-stream"));
    return new EventLines(socket);
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      thread.interrupt();
    }
  }

  /** How long something takes that is done again and again. Safe for use by many threads. */
  private static final class Lasting {
    private static final long NOTHING = Long.MAX_VALUE;

    // this monitor
    private long begun = System.nanoTime();
    private long started = NOTHING;
    private long longest;

    synchronized void begin() {
      begun = System.nanoTime();
      longest = 0;
    }

    synchronized long start() {
      started = System.nanoTime();
      return started;
    }

    synchronized void end() {
      took(started);
      started = NOTHING;
    }

    synchronized void took(long start) {
      longest = Math.max(longest, System.nanoTime() - Math.max(start, begun));
    }

    /** What began at one more moment is still under way, too. */
    synchronized Duration longest(long another) {
      long open = Math.min(started, another);
      long soFar = open == NOTHING ? 0 : System.nanoTime() - Math.max(open, begun);
      return Duration.ofNanos(Math.max(longest, soFar));
    }
  }
}
