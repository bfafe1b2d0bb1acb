package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.http.RequestBodyTest;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
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

/** What servers make of packed bodies before they are ours. */
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
    return TestArchive.with();
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
