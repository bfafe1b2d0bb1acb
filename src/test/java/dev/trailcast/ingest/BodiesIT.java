package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.http.RequestBodyTest;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are packed, or that do not come to their end, as servers hand them on. */
@ExtendWith(ArquillianExtension.class)
class BodiesIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String ACTIVITY = "{\"type\":\"body\"}";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
        "trailcast.ingest.max-bodies-at-once", "4",
        "trailcast.ingest.max-lines-at-once", "4",
        "trailcast.ingest.body-timeout", "PT3S");
  }

  @Test
  void unpacksWhatIsPackedHoweverItIsLabelled() throws Exception {
    assertThat(postPacked(JSON, RequestBodyTest.packed(ACTIVITY)).statusCode()).isEqualTo(201);
    assertThat(postPacked(JSON, ACTIVITY.getBytes(UTF_8)).statusCode()).isEqualTo(201);
  }

  @Test
  void refusesDamagedGzipAndSaysHowFarItGot() throws Exception {
    byte[] packed = RequestBodyTest.packed(ACTIVITY);
    byte[] wrongSum = packed.clone();
    wrongSum[packed.length - 6] ^= 0x55;
    byte[] half = Arrays.copyOf(packed, packed.length - 8);
    byte[] more = Arrays.copyOf(packed, packed.length + 2);

    for (byte[] damaged : new byte[][] {wrongSum, half, more}) {
      HttpResponse<String> refusal = postPacked(JSON, damaged);
      assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
      assertThat(refusal.body()).contains("damaged gzip", "\"bytes\":" + ACTIVITY.length());
    }
    byte[] lines = RequestBodyTest.packed((ACTIVITY + "\n").repeat(2));
    HttpResponse<String> refusal = postPacked(LINES, Arrays.copyOf(lines, lines.length - 8));
    assertThat(refusal.statusCode()).as(refusal.body()).isEqualTo(400);
    assertThat(refusal.body()).contains("damaged gzip", "\"accepted\":2", "\"line\":2");
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, LINES})
  void refusesWhomItHasNoPlaceForUntilOthersHaveGone(String mediaType) throws Exception {
    try (Senders others = new Senders("127.0.0.1")) {
      others.takeWhatTheyCanGet(mediaType, 2);

      for (String accept : List.of("*/*", LINES)) {
        HttpRequest request =
            request(mediaType)
                .header("Accept", accept)
                .POST(BodyPublishers.ofString(ACTIVITY))
                .build();
        HttpResponse<String> refusal = CLIENT.send(request, BodyHandlers.ofString());

        assertThat(refusal.statusCode()).isEqualTo(503);
        assertThat(refusal.headers().firstValue("Retry-After")).contains("1");
        assertThat(refusal.headers().firstValue("Content-Type"))
            .contains("application/problem+json");
        assertThat(refusal.body())
            .contains("4 at a time and of an address no more than it leaves free");
      }
    }
    assertThat(post(mediaType).statusCode()).isBetween(200, 201);
  }

  @ParameterizedTest
  @ValueSource(strings = {JSON, LINES})
  void hasAPlaceForOthersThanTwoAddressesWhoseBodiesDoNotEnd(String mediaType) throws Exception {
    try (Senders first = new Senders("127.0.0.2");
        Senders second = new Senders("127.0.0.3")) {
      first.takeWhatTheyCanGet(mediaType, 2);
      second.takeWhatTheyCanGet(mediaType, 1);

      assertThat(post(mediaType).statusCode()).isBetween(200, 201);
    }
  }

  @Test
  void refusesABodyThatTakesTooLongToArriveAndSaysHowFarItGot() throws Exception {
    RawHttp refusal = refusalOfSlow(CHUNKED, chunk(1));

    assertThat(refusal.body())
        .contains("must have arrived within PT3S")
        .containsPattern("\"bytes\":[0-9]{3}"); // what it began with, and some of the rest
  }

  /** Whose length is told: Open Liberty waits for a whole buffer of it, and for 30 s at most. */
  @Test
  void refusesALongBodyOfWhichAByteComesNowAndThen() throws Exception {
    RawHttp refusal = refusalOfSlow("Content-Length: 100000", " ");

    assertThat(refusal.body()).contains("The body is overdue", "\"bytes\":");
  }

  private RawHttp refusalOfSlow(String framing, String more) throws Exception {
    try (Socket slow = begin(framing, JSON)) {
      AtomicInteger sent = new AtomicInteger();
      // in two parts, for it may take longer than a test waits for anything
      Await.until("a part", () -> answersTo(slow, more) || sent.incrementAndGet() > 1_000);
      Await.until("an answer", () -> answersTo(slow, more));
      slow.shutdownOutput();
      RawHttp refusal = RawHttp.receive(slow);
      assertThat(refusal.status()).as(refusal.head()).isEqualTo(408);
      assertThat(refusal.header("Content-Type")).hasValue("application/problem+json");
      return refusal;
    }
  }

  @Test
  void tellsHowFarItHasGotWhileLinesStillCome() throws Exception {
    try (Socket socket = new Socket(server.base().getHost(), server.base().getPort())) {
      write(socket, head(CHUNKED + "\r\nAccept: " + LINES, LINES));
      AtomicInteger sent = new AtomicInteger();
      Await.until(
          "a line",
          () -> {
            sent.incrementAndGet();
            return answersTo(socket, chunk(ACTIVITY + "\n"));
          });
      write(socket, "0\r\n\r\n");

      RawHttp answer = RawHttp.receive(socket);
      assertThat(answer.status()).as(answer.head()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).hasValue(LINES);
      assertThat(answer.body())
          .containsPattern("\\{\"accepted\":\\d+,\"duplicates\":0,\"rejected\":0,\"line\":\\d+}\n")
          .contains("{\"status\":200,\"answer\":{\"accepted\":" + (sent.get() - 1) + ",");
    }
  }

  /** Many of one address. */
  private final class Senders implements AutoCloseable {
    private final InetAddress address;
    private final List<Socket> sockets = new ArrayList<>();

    Senders(String address) throws IOException {
      this.address = InetAddress.getByName(address);
    }

    /** Begins bodies until so many are being read, and one more is not. */
    void takeWhatTheyCanGet(String mediaType, int places) throws Exception {
      for (int i = 0; i <= places; i++) {
        Socket socket = new Socket(server.base().getHost(), server.base().getPort(), address, 0);
        sockets.add(socket);
        write(socket, head(CHUNKED, mediaType) + chunk(200));
      }
      Await.until("the refusal", () -> answered() == 1);
    }

    private int answered() throws IOException {
      int answered = 0;
      for (Socket socket : sockets) {
        answered += socket.getInputStream().available() > 0 ? 1 : 0;
      }
      return answered;
    }

    /** Has gone when all are answered, and so have no place any more. */
    @Override
    public void close() throws IOException {
      for (Socket socket : sockets) {
        try (socket) {
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        }
      }
    }
  }

  /** Begins to send a body that does not come to its end. */
  private Socket begin(String framing, String mediaType) throws IOException {
    Socket socket = new Socket(server.base().getHost(), server.base().getPort());
    write(socket, head(framing, mediaType) + (framing.equals(CHUNKED) ? chunk(200) : " "));
    return socket;
  }

  private String head(String framing, String mediaType) {
    return "POST %sapi/activities HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n%s\r\n\r\n"
        .formatted(server.base().getPath(), mediaType, framing);
  }

  private static String chunk(int spaces) {
    return chunk(" ".repeat(spaces));
  }

  private static String chunk(String text) {
    return "%x\r\n%s\r\n".formatted(text.length(), text);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /** Whether it has answered, or hears no more; else sends it this. */
  private static boolean answersTo(Socket socket, String more) {
    try {
      if (socket.getInputStream().available() > 0) {
        return true;
      }
      write(socket, more);
      return false;
    } catch (IOException e) {
      return true; // refused before all was read: the answer says why
    }
  }

  private HttpResponse<String> post(String mediaType) throws Exception {
    return server.post("api/activities", mediaType, ACTIVITY);
  }

  private HttpResponse<String> postPacked(String mediaType, byte[] body) throws Exception {
    return CLIENT.send(
        request(mediaType)
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String mediaType) {
    return HttpRequest.newBuilder(server.base().resolve("api/activities"))
        .header("Content-Type", mediaType);
  }
}
