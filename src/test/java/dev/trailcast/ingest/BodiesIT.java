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
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
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
    try (Socket first = begin(mediaType);
        Socket second = begin(mediaType)) {
      Await.until("both to be read", () -> post(mediaType).statusCode() == 503);

      HttpResponse<String> refusal = post(mediaType);

      assertThat(refusal.statusCode()).isEqualTo(503);
      assertThat(refusal.headers().firstValue("Retry-After")).contains("1");
      assertThat(refusal.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(refusal.body()).contains("4 at a time and 2 of an address");
      assertThat(first.getInputStream().available()).isZero();
      assertThat(second.getInputStream().available()).isZero();
    }
    Await.until("their places", () -> post(mediaType).statusCode() != 503);
    assertThat(post(mediaType).statusCode()).isBetween(200, 201);
  }

  @Test
  void refusesABodyThatTakesTooLongToArriveAndSaysHowFarItGot() throws Exception {
    try (Socket slow = begin(JSON)) {
      Await.until("an answer", () -> answersTo(slow, chunk(1)));
      slow.shutdownOutput();

      RawHttp refusal = RawHttp.receive(slow);

      assertThat(refusal.status()).as(refusal.head()).isEqualTo(408);
      assertThat(refusal.header("Content-Type")).hasValue("application/problem+json");
      assertThat(refusal.body())
          .contains("must have arrived within PT3S")
          .containsPattern("\"bytes\":[0-9]{3}"); // what it began with, and some of the rest
    }
  }

  /**
   * Begins to send a body that does not come to its end. It is chunked: were its length told, Open
   * Liberty would hand on a whole buffer of it at a time.
   */
  private Socket begin(String mediaType) throws IOException {
    Socket socket = new Socket(server.base().getHost(), server.base().getPort());
    String head =
        "POST %sapi/activities HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n";
    write(socket, head.formatted(server.base().getPath(), mediaType) + chunk(200));
    return socket;
  }

  private static String chunk(int spaces) {
    return "%x\r\n%s\r\n".formatted(spaces, " ".repeat(spaces));
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
