package dev.trailcast.it.browser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The way between a browser and the server, HTTP/1.1 over TCP, with everything that may happen to
 * it. It listens on a port of its own, and passes on what it gets at once and as it is until it is
 * told otherwise. Any thread may tell it.
 */
public final class Wire implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  /** What is held back at most, for each connection. */
  static final int HELD_BYTES = 64 * 1024;

  private static final long PATIENCE_SECONDS = 120;
  private static final int PASS_ON = 0;
  private static final Pattern STREAM = MessageScanner.field("content-type", "text/event-stream");

  private final URI server;
  private final InetSocketAddress address;

  // guarded by this; whoever changes it notifies
  private final Set<Link> links = new HashSet<>();
  private final Map<String, Integer> requests = new HashMap<>();
  private ServerSocket door;
  private Thread doorkeeper;
  private boolean frozen;
  private int status = PASS_ON;

  /** Read for every piece that passes. */
  private volatile boolean holdingBack;

  /**
   * Begins to listen.
   *
   * @param server what stands behind it: the base of an application
   */
  public Wire(URI server) throws IOException {
    this.server = server;
    this.address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), listen(new InetSocketAddress(0)));
  }

  /** The application as it is seen through this wire, or what this path names in it. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + address.getPort())
        .resolve(server.getRawPath())
        .resolve(path);
  }

  /** Resets all connections; new ones are accepted. */
  public void cut() {
    for (Link link : links()) {
      link.reset();
    }
  }

  /** Lets all connections stand and nothing pass, in either direction, not even an end. */
  public synchronized void freeze() {
    frozen = true;
  }

  /** Lets everything pass again, beginning with what has come meanwhile. */
  public void thaw() {
    synchronized (this) {
      frozen = false;
      notifyAll();
    }
    links().forEach(Link::pass);
  }

  /** Refuses new connections, as if no server were there; those that are open stay. */
  public void refuse() throws IOException {
    Thread leaving;
    synchronized (this) {
      door.close();
      leaving = doorkeeper;
    }
    try {
      leaving.join(); // as long as he waits there, the kernel goes on accepting
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts", e);
    }
  }

  /** Accepts connections again, on the same port. */
  public void accept() throws IOException {
    listen(address);
  }

  /**
   * Whether to hold back, as a proxy does that buffers: of a response nothing passes before it is
   * complete, or 64 KiB are there, which then pass together. So a short answer comes, and of a
   * stream nothing. What was held back passes when this ends.
   */
  public void holdBack(boolean held) {
    holdingBack = held;
    links().forEach(Link::pass);
  }

  /** Answers each request with this status and no body, and passes none on. */
  public synchronized void answer(int status) {
    this.status = status;
  }

  /** Passes requests on again. */
  public synchronized void passOn() {
    status = PASS_ON;
  }

  /** How many connections are open, whether something happens there or not. */
  public synchronized int connections() {
    return links.size();
  }

  /** How many event streams are open. */
  public synchronized int streams() {
    return (int) links.stream().filter(link -> link.streaming).count();
  }

  /** How many requests there were for this path of the application, with whatever query. */
  public synchronized int requests(String path) {
    return requests.getOrDefault(uri(path).getRawPath(), 0);
  }

  /** Waits until this is true of it. */
  public synchronized void await(String what, Predicate<Wire> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.test(this)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError(
            "waited for %s, but there are %d connections with %d streams, and there were %s"
                .formatted(what, connections(), streams(), requests));
      }
      wait(left);
    }
  }

  @Override
  public void close() throws IOException {
    refuse();
    cut();
  }

  private synchronized List<Link> links() {
    return List.copyOf(links);
  }

  private synchronized int listen(InetSocketAddress at) throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true); // connections of the time before may linger
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at.getPort()));
    door = opened;
    doorkeeper = start("door", () -> let(opened));
    return opened.getLocalPort();
  }

  private void let(ServerSocket opened) throws IOException {
    while (true) {
      Socket client = opened.accept();
      synchronized (this) {
        if (opened.isClosed()) { // refused at this very moment
          client.close();
          return;
        }
        Link link = new Link(client);
        links.add(link);
        notifyAll();
        start("up", link::up);
      }
    }
  }

  private synchronized void count(String path) {
    requests.merge(path, 1, Integer::sum);
    notifyAll();
  }

  private interface Work {
    void run() throws IOException;
  }

  private Thread start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // the end of a connection, or of listening
              }
            },
            "wire " + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** A connection from the browser, and one to the server that belongs to it alone. */
  private final class Link {
    private final Socket client;
    private final Socket upstream = new Socket();

    // guarded by the wire
    private boolean streaming;

    // guarded by held
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private final MessageScanner responses = new MessageScanner(this::begins);

    Link(Socket client) {
      this.client = client;
    }

    void up() throws IOException {
      try {
        client.setTcpNoDelay(true);
        upstream.setTcpNoDelay(true);
        upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        start("down", this::down);
        MessageScanner scanner = new MessageScanner(this::asks);
        byte[] bytes = new byte[BUFFER_BYTES];
        int own = PASS_ON;
        for (int n; (n = client.getInputStream().read(bytes)) >= 0; ) {
          awaitThaw();
          own = scanner.within() ? own : status(); // one way for all of a request
          scanner.scan(bytes, n);
          if (own == PASS_ON) {
            upstream.getOutputStream().write(bytes, 0, n);
          } else if (!scanner.within()) {
            answer(own);
          }
        }
      } finally {
        awaitThaw();
        end();
      }
    }

    void down() throws IOException {
      try {
        byte[] bytes = new byte[BUFFER_BYTES];
        for (int n; (n = upstream.getInputStream().read(bytes)) >= 0; ) {
          awaitThaw();
          synchronized (held) {
            responses.scan(bytes, n);
            held.write(bytes, 0, n);
          }
          pass();
        }
        awaitThaw();
        synchronized (held) {
          held.writeTo(client.getOutputStream());
        }
      } finally {
        awaitThaw();
        end();
      }
    }

    /** Passes on what has come from the server, unless it is to stay. */
    void pass() {
      synchronized (held) {
        boolean stays = holdingBack && responses.within() && held.size() < HELD_BYTES;
        if (stays || isFrozen()) {
          return;
        }
        try {
          held.writeTo(client.getOutputStream());
          held.reset();
        } catch (IOException e) {
          end();
        }
        if (!responses.within()) {
          streams(false);
        }
      }
    }

    private void answer(int status) throws IOException {
      byte[] answer =
          "HTTP/1.1 %d Wire\r\nContent-Length: 0\r\nCache-Control: no-store\r\n\r\n"
              .formatted(status)
              .getBytes(StandardCharsets.US_ASCII);
      synchronized (held) {
        client.getOutputStream().write(answer);
      }
    }

    private void asks(String head) {
      count(head.split("[ ?]")[1]);
    }

    private void begins(String head) {
      streams(STREAM.matcher(head).find());
    }

    private void streams(boolean whether) {
      synchronized (Wire.this) {
        streaming = whether;
        Wire.this.notifyAll();
      }
    }

    private int status() {
      synchronized (Wire.this) {
        return status;
      }
    }

    private boolean isFrozen() {
      synchronized (Wire.this) {
        return frozen && links.contains(this);
      }
    }

    private void awaitThaw() {
      synchronized (Wire.this) {
        try {
          while (isFrozen()) {
            Wire.this.wait();
          }
        } catch (InterruptedException e) {
          throw new IllegalStateException("nobody interrupts", e);
        }
      }
    }

    void reset() {
      try {
        client.setSoLinger(true, 0); // closing resets
      } catch (IOException e) {
        // it is closed already
      }
      end();
    }

    private void end() {
      synchronized (Wire.this) {
        links.remove(this);
        Wire.this.notifyAll();
      }
      try (client) {
        upstream.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
