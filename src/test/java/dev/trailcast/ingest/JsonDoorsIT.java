package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.JsonTexts;
import dev.trailcast.activity.JsonTexts.Text;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every text that is JSON, or looks like it, at the doors of a server with a parser of its own. */
@ExtendWith(ArquillianExtension.class)
class JsonDoorsIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String WRITE_KEY = "the-key-of-this-test";
  private static final String[] KEY = Visitor.writeKey(WRITE_KEY);
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"@\",\"source\":\"/json\",\"type\":\"t\",\"data\":%s}";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.segment.write-keys", "json:" + WRITE_KEY);
  }

  /**
   * A door.
   *
   * @param around what has the text as its data there
   * @param key the header by which somebody is let in
   */
  private record Door(String path, String mediaType, String around, String... key) {
    /** The same for something new. */
    String fresh() {
      return around.replace("@", UUID.randomUUID().toString());
    }
  }

  private static final List<Door> DOORS =
      List.of(
          new Door("api/activities", "application/json", "{\"type\":\"t\",\"data\":%s}"),
          new Door("api/activities", "application/json", "[{\"type\":\"t\",\"data\":%s}]"),
          new Door("api/activities", "application/cloudevents+json", EVENT),
          new Door("api/activities", "application/cloudevents-batch+json", "[" + EVENT + "]"),
          new Door("api/notifications", "application/json", "{\"to\":\"a\",\"message\":%s}"),
          new Door("api/v1/track", "text/plain", "{\"event\":\"e\",\"properties\":%s}", KEY),
          new Door(
              "api/v1/batch",
              "application/json",
              "{\"batch\":[{\"type\":\"track\",\"event\":\"e\",\"properties\":%s}]}",
              KEY));

  @Test
  void takesAsDataWhateverIsJson() throws Exception {
    for (Text text : JsonTexts.valid().toList()) {
      for (Door door : DOORS) {
        HttpResponse<String> answer = post(door, JsonTexts.inside(door.fresh(), text));
        assertThat(answer.statusCode()).as("%s at %s", text, door).isIn(200, 201);
      }
    }
  }

  @Test
  void refusesWhatIsNotJsonWithAProblem() throws Exception {
    for (Text text : JsonTexts.invalid().toList()) {
      for (Door door : DOORS) {
        for (byte[] body : List.of(JsonTexts.inside(door.fresh(), text), text.bytes())) {
          HttpResponse<String> answer = post(door, body);
          assertThat(answer.statusCode()).as("%s at %s", text, door).isBetween(400, 499);
          assertThat(answer.body())
              .contains("\"detail\":\"")
              .doesNotContainPattern("Exception|\\bat [a-z]+\\.|jakarta|parsson");
        }
      }
    }
  }

  @Test
  void takesOrRefusesTheRest() throws Exception {
    for (Text text : JsonTexts.either().toList()) {
      for (Door door : DOORS) {
        HttpResponse<String> answer = post(door, JsonTexts.inside(door.fresh(), text));
        assertThat(answer.statusCode()).as("%s at %s", text, door).isLessThan(500);
      }
    }
  }

  private HttpResponse<String> post(Door door, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(door.path()))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", door.mediaType())
            .POST(BodyPublishers.ofByteArray(body));
    if (door.key().length > 0) {
      request.headers(door.key());
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
