package dev.trailcast.it.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tiny server behind it, and clients that see every byte. */
class WireTest {
  private static final int NOTHING_COMES_MILLIS = 200;
  private static final int PATIENCE_MILLIS = 20_000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<OutputStream> streams = new LinkedBlockingQueue<>();
  private HttpServer server;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/app/echo", WireTest::echo);
    server.createContext("/app/stream", this::stream);
    server.start();
    wire =
        new Wire(URI.create("http://127.0.0.1:%d/app/".formatted(server.getAddress().getPort())));
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void passesRequestsAndResponsesOnAsTheyAre() throws Exception {
    try (Client client = new Client()) {
      client.post("echo?twice", "first");
      client.expect("HTTP/1.1 200 OK\r\n");
      client.expect("\r\n\r\nfirst");
      client.post("echo", "second");
      client.expect("\r\n\r\nsecond");
    }

    assertThat(wire.requests("echo")).isEqualTo(2);
    assertThat(wire.requests("stream")).isZero();
  }

  @Test
  void passesEachPieceOfAStreamOnAtOnce() throws Exception {
    try (Client client = new Client()) {
      OutputStream stream = client.stream();
      for (int n = 0; n < 3; n++) {
        send(stream, "piece " + n);
        client.expect("piece " + n);
      }
    }
  }

  @Test
  void countsWhatIsOpen() throws Exception {
    try (Client one = new Client();
        Client other = new Client()) {
      OutputStream stream = one.stream();
      other.post("echo", "");
      other.expect("200");
      assertThat(wire.connections()).isEqualTo(2);
      assertThat(wire.streams()).isEqualTo(1);

      stream.close(); // the response ends, the connection stays
      wire.await("no stream", open -> open.streams() == 0);
      assertThat(wire.connections()).isEqualTo(2);
    }
    wire.await("no connection", open -> open.connections() == 0);
  }

  @Test
  void letsTheServerKnowThatAClientHasLeft() throws Exception {
    OutputStream stream;
    try (Client client = new Client()) {
      stream = client.stream();
    }
    wire.await("no connection", open -> open.connections() == 0);

    assertThatThrownBy(
            () -> {
              while (true) {
                send(stream, "to nobody");
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void cutsWhatIsOpenAndAcceptsWhatComesThen() throws Exception {
    try (Client client = new Client()) {
      client.stream();

      wire.cut();

      assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
      assertThat(wire.connections()).isZero();
      assertThat(wire.streams()).isZero();
    }
    try (Client client = new Client()) {
      client.post("echo", "again");
      client.expect("again");
    }
  }

  @Test
  void letsNothingPassInEitherDirectionWhileItIsFrozen() throws Exception {
    try (Client reader = new Client();
        Client writer = new Client()) {
      OutputStream stream = reader.stream();

      wire.freeze();
      send(stream, "late");
      writer.post("stream", "");
      reader.expectNothing();
      assertThat(streams).isEmpty();
      assertThat(wire.connections()).isEqualTo(2);

      wire.thaw();
      reader.expect("late");
      assertThat(streams.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isNotNull();
    }
  }

  @Test
  void tellsOfNoEndWhileItIsFrozen() throws Exception {
    try (Client client = new Client()) {
      OutputStream stream = client.stream();

      wire.freeze();
      stream.close();
      server.stop(0);
      client.expectNothing();

      wire.thaw();
      client.expect("0\r\n\r\n");
    }
  }

  @Test
  void cutsWhileItIsFrozen() throws Exception {
    try (Client client = new Client()) {
      client.stream();
      wire.freeze();

      wire.cut();

      assertThatThrownBy(client::read).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void refusesNewConnectionsAndKeepsThoseThatAreOpen() throws Exception {
    try (Client client = new Client()) {
      OutputStream stream = client.stream();

      wire.refuse();

      assertThatThrownBy(Client::new).isInstanceOf(ConnectException.class);
      send(stream, "still here");
      client.expect("still here");

      wire.accept();
      try (Client another = new Client()) {
        another.post("echo", "again");
        another.expect("again");
      }
    }
  }

  @Test
  void holdsAStreamBackButNoCompleteResponse() throws Exception {
    try (Client reader = new Client();
        Client asker = new Client()) {
      wire.holdBack(true);
      reader.post("stream", "");
      OutputStream stream = streams.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      send(stream, "held");
      reader.expectNothing();
      asker.post("echo", "short");
      asker.expect("short");

      wire.holdBack(false);

      reader.expect("held");
      send(stream, "next");
      reader.expect("next");
    }
  }

  @Test
  void passesOnWhatIsMoreThanItHolds() throws Exception {
    try (Client client = new Client()) {
      OutputStream stream = client.stream();
      wire.holdBack(true);

      send(stream, "x".repeat(Wire.HELD_BYTES));
      send(stream, "last");

      client.expect("xxx");
    }
  }

  @Test
  void passesOnAHeldResponseThatEnds() throws Exception {
    try (Client client = new Client()) {
      OutputStream stream = client.stream();
      wire.holdBack(true);
      send(stream, "held");
      client.expectNothing();

      stream.close();

      client.expect("held\r\n0\r\n\r\n");
    }
  }

  @Test
  void answersItselfAndPassesNothingOn() throws Exception {
    try (Client client = new Client()) {
      wire.answer(503);
      client.post("stream", "swallowed");
      client.expect("HTTP/1.1 503 ");
      client.post("stream", "swallowed");
      client.expect("HTTP/1.1 503 ");
      assertThat(streams).isEmpty();
      assertThat(wire.requests("stream")).isEqualTo(2);

      wire.passOn();
      client.post("echo", "passed");
      client.expect("passed");
    }
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream;charset=UTF-8");
    exchange.sendResponseHeaders(200, 0); // chunked
    exchange.getResponseBody().flush();
    streams.add(exchange.getResponseBody());
  }

  private static void send(OutputStream stream, String text) throws IOException {
    stream.write(text.getBytes(UTF_8));
    stream.flush();
  }

  /** One connection. */
  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket();

    Client() throws IOException {
      URI uri = wire.uri("");
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
      socket.setSoTimeout(PATIENCE_MILLIS);
    }

    void post(String path, String body) throws IOException {
      URI uri = wire.uri(path);
      String request =
          "POST %s%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(
                  uri.getPath(),
                  uri.getQuery() == null ? "" : "?" + uri.getQuery(),
                  uri.getAuthority(),
                  body.length(),
                  body);
      socket.getOutputStream().write(request.getBytes(UTF_8));
    }

    /** Follows a stream until its head is here; what is written to this is sent there. */
    OutputStream stream() throws Exception {
      post("stream", "");
      expect("\r\n\r\n");
      return streams.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    int read() throws IOException {
      return socket.getInputStream().read();
    }

    /** Reads until this has come. */
    void expect(String text) throws IOException {
      StringBuilder seen = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (seen.indexOf(text) < 0) {
        int octet = in.read();
        assertThat(octet).as("after %s", seen).isNotNegative();
        seen.append((char) octet);
      }
    }

    void expectNothing() throws IOException {
      socket.setSoTimeout(NOTHING_COMES_MILLIS);
      assertThatThrownBy(this::read).isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(PATIENCE_MILLIS);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
