package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.EmbeddedJournalOnly;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of a node with room for 20 readers, and of its canaries. */
@ExtendWith(ArquillianExtension.class)
class HealthIT {
  private static final Set<JsonValue.ValueType> SCALARS =
      Set.of(
          JsonValue.ValueType.STRING,
          JsonValue.ValueType.NUMBER,
          JsonValue.ValueType.TRUE,
          JsonValue.ValueType.FALSE);

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
        "trailcast.stream.readers.max", "20", "trailcast.canary.interval", "PT0.2S");
  }

  /** Appendix B of MicroProfile Health 4.0, as a JSON schema says it. */
  @ParameterizedTest
  @ValueSource(strings = {"health", "health/live", "health/ready", "health/started"})
  void answersAsTheSchemaOfMicroProfileHealthHasIt(String path) throws Exception {
    HttpResponse<String> response = health(path);

    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    JsonObject answer = Server.json(response);
    assertThat(answer.getString("status")).isIn("UP", "DOWN");
    List<JsonObject> checks = answer.getJsonArray("checks").getValuesAs(JsonObject.class);
    assertThat(checks).isNotEmpty();
    for (JsonObject check : checks) {
      assertThat(check.getString("name")).isNotBlank();
      assertThat(check.getString("status")).isIn("UP", "DOWN");
      if (check.containsKey("data")) {
        assertThat(check.getJsonObject("data").values())
            .allSatisfy(value -> assertThat(SCALARS).contains(value.getValueType()));
      }
    }
    boolean allUp = checks.stream().allMatch(check -> check.getString("status").equals("UP"));
    assertThat(answer.getString("status")).isEqualTo(allUp ? "UP" : "DOWN");
    assertThat(response.statusCode()).isEqualTo(allUp ? 200 : 503);
  }

  @Test
  void isNotReadyBeforeTheLastReaderIsLetInAndComesBackByItself() throws Exception {
    server.awaitNoReaders();
    Deque<Reader> readers = new ArrayDeque<>();
    try {
      for (int i = 0; i < 19; i++) {
        readers.push(new Reader(server, "api/events"));
      }
      Await.until("the node not to be ready", () -> !isUp("trailcast-limits"));
      assertThat(health("health/ready").statusCode()).isEqualTo(503);
      assertThat(problem("trailcast-limits")).contains("trailcast.stream.readers.max");
      assertThat(health("health/live").statusCode()).isEqualTo(200);
      readers.push(new Reader(server, "api/events"));
      readers.peek().awaitText("to be let in", "\"live\":true");

      while (readers.size() > 17) {
        readers.pop().close();
      }
      Await.until("the node to be ready", () -> isUp("trailcast-limits"));
    } finally {
      readers.forEach(HealthIT::close);
    }
  }

  @Test
  void hasCanariesThatNobodyIsShown() throws Exception {
    server.record("{\"source\":\"/birds\",\"type\":\"recorded\"}");
    try (Reader reader = new Reader(server, "api/events?lastEventId=earliest")) {
      reader.awaitText("what is recorded", "\"type\":\"recorded\"");
      awaitCanary();
      awaitCanary();
      server.record("{\"source\":\"/birds\",\"type\":\"after\"}");
      reader.awaitText("what comes after", "\"type\":\"after\"");

      assertThat(reader.text()).doesNotContain("trailcast.canary");
    }
    for (String path :
        List.of(
            "api/activities?after=earliest",
            "api/activities?last=100",
            "api/activities?type=trailcast.*&after=earliest",
            "api/stats")) {
      assertThat(server.get(path).body()).doesNotContain("canary");
    }
    assertThat(
            server
                .post("api/activities", "application/json", "{\"type\":\"trailcast.canary\"}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  @EmbeddedJournalOnly("in a topic every record has a place")
  void hasCanariesThatMoveNobody() throws Exception {
    server.record("{\"source\":\"/birds\",\"type\":\"recorded\"}");
    String before = server.get("api/position").body();

    awaitCanary();
    awaitCanary();

    assertThat(server.get("api/position").body()).isEqualTo(before);
  }

  /** Waits until one has come through that was sent from now on, but for one on its way. */
  private void awaitCanary() throws Exception {
    double before = server.metric("trailcast_canaries_total");
    Await.until("canaries", () -> server.metric("trailcast_canaries_total") >= before + 2);
    assertThat(server.metric("trailcast_canary_seconds")).isPositive();
    assertThat(server.metric("trailcast_canary_late")).isZero();
    assertThat(isUp("trailcast-canary")).isTrue();
  }

  private HttpResponse<String> health(String path) throws Exception {
    return new Server(server.base().resolve("/")).get(path);
  }

  private JsonObject check(String name) throws Exception {
    return Server.json(health("health/ready")).getJsonArray("checks").stream()
        .map(JsonObject.class::cast)
        .filter(check -> check.getString("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  private boolean isUp(String name) throws Exception {
    return check(name).getString("status").equals("UP");
  }

  private String problem(String name) throws Exception {
    return check(name).getJsonObject("data").getString("problem");
  }

  private static void close(Reader reader) {
    try {
      reader.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
