package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.stream.wire.SseClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Somebody who follows the stream as a client does that keeps to the specification: remembers where
 * it was, and goes on there after a cut. It reads on a thread of its own.
 */
public final class Reader implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private static final HttpClient HTTP_1_1 =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpClient http;
  private final URI uri;
  private InputStream body;
  private Thread reading;
  private HttpHeaders headers;
  private HttpClient.Version version;

  // guarded by this
  private final SseClient client = new SseClient();
  private final StringBuilder text = new StringBuilder();
  private boolean ended;

  /** Follows what the path and query name, from now on. */
  public Reader(Server server, String pathAndQuery) throws Exception {
    this(HTTP_1_1, server.base().resolve(pathAndQuery));
  }

  /** The same with a client of the test's own. */
  public Reader(HttpClient http, URI uri) throws Exception {
    this.http = http;
    this.uri = uri;
    connect();
  }

  /** Connects, with the last id if there is one, and waits for the first bytes. */
  public void connect(String... more) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    synchronized (this) {
      ended = false;
      if (!client.lastEventId().isEmpty()) {
        request.header("Last-Event-ID", client.lastEventId());
      }
    }
    for (int i = 0; i < more.length; i += 2) {
      request.setHeader(more[i], more[i + 1]);
    }
    HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    headers = response.headers();
    version = response.version();
    body = response.body();
    reading = new Thread(this::read, "reader of " + uri);
    reading.start();
  }

  /** Cuts the connection wherever it is just now. */
  public void cut() throws Exception {
    body.close();
    reading.join();
    synchronized (this) {
      client.reconnect();
    }
  }

  public HttpHeaders headers() {
    return headers;
  }

  /** What the response came over. */
  public HttpClient.Version version() {
    return version;
  }

  /** Waits until what has come satisfies this. */
  public void await(String what, Predicate<SseClient> condition) throws Exception {
    await(what, () -> condition.test(client));
  }

  /** Waits until this has come, as it is on the wire. */
  public void awaitText(String what, String part) throws Exception {
    await(what, () -> text.indexOf(part) >= 0);
  }

  private synchronized void await(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        int length = text.length();
        throw new AssertionError(
            "waited for "
                + what
                + ", but there was only:\n…"
                + text.substring(Math.max(0, length - 2000)));
      }
      wait(left);
    }
  }

  /** Waits for the end of the stream. */
  public synchronized void awaitEnd() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!ended) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      assertThat(left).as("time left for the stream to end").isPositive();
      wait(left);
    }
  }

  /** What has come up to now. */
  public synchronized <T> T seen(Function<SseClient, T> question) {
    return question.apply(client);
  }

  public synchronized String text() {
    return text.toString();
  }

  /** The activities that have come, as JSON. */
  public List<String> activities() {
    return seen(all -> new ArrayList<>(all.activities())).stream()
        .map(SseClient.Event::data)
        .toList();
  }

  private void read() {
    byte[] bytes = new byte[16 * 1024];
    InputStream from = body;
    try {
      for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
        synchronized (this) {
          client.feed(bytes, 0, count);
          if (text.length() < 1 << 16) {
            text.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
          }
          notifyAll();
        }
      }
    } catch (IOException e) {
      // cut: by the test, or by a server that goes away
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  @Override
  public void close() {
    try {
      cut();
    } catch (Exception e) {
      throw new AssertionError("could not be cut", e);
    }
  }
}
