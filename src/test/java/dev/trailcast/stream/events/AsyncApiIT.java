package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trailcast.it.Description;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What comes over the streams is as AsyncAPI describes it. In a journal of its own: whoever
 * follows, or asks for pages, is told of what is erased here.
 */
@ExtendWith(ArquillianExtension.class)
class AsyncApiIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String DATA = "data";
  private static final int MOST_LINES = 30; // there is a heartbeat each second

  @ArquillianResource private Server server;

  private final Description asyncApi = Description.asyncApi(Description.delivered("asyncapi.yaml"));

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with();
  }

  private Map<String, Description.Part> messages(String channel) {
    return asyncApi.root().get("channels").get(channel).get("messages").members();
  }

  /** Fails unless one of a channel's messages of this name is so, and returns the name. */
  private String named(String channel, String name, Predicate<Description.Part> isSo, Object what) {
    String known =
        messages(channel).values().stream().anyMatch(each -> each.get("name").text().equals(name))
            ? name
            : "activity";
    assertThat(messages(channel).values())
        .as("%s %s: %s", channel, known, what)
        .filteredOn(each -> each.get("name").text().equals(known))
        .anyMatch(isSo);
    return known;
  }

  /** The names of all events that have come, each of which is as described. */
  private Set<String> described(String channel, Reader reader) throws Exception {
    Set<String> names = new TreeSet<>();
    for (String frame : frames(reader.text())) {
      ObjectNode headers = JSON.createObjectNode();
      frame
          .lines()
          .filter(line -> !line.startsWith(":") && !line.startsWith("retry:") && !line.isEmpty())
          .map(line -> line.split(": ", 2))
          .forEach(field -> headers.put(field[0], field[1]));
      if (headers.has(DATA)) {
        JsonNode data = JSON.readTree(headers.remove(DATA).asText());
        names.add(
            named(
                channel,
                headers.path("event").asText(),
                message ->
                    message.get("headers").misfits(headers).isEmpty()
                        && message.get("payload").misfits(data).isEmpty(),
                frame));
      }
    }
    return names;
  }

  /** Those that have come to their end. */
  private static List<String> frames(String text) {
    return Stream.of(text.substring(0, text.lastIndexOf("\n\n") + 1).split("\n\n")).toList();
  }

  @Test
  void isSentAsEvents() throws Exception {
    String query = "api/events?source=/described&lastEventId=foreign-1&rate=1&heartbeat=event";
    try (Reader reader = new Reader(server, query)) {
      reader.awaitText("the opening", "trailcast.gap");
      for (int i = 0; i < 20; i++) {
        server.record(
            "{\"type\":\"described\",\"source\":\"/described\",\"actor\":\"describer\",\"data\":{\"a\":[1]}}");
      }
      reader.awaitText("what was left out", "trailcast.conflated");
      erase("describer");
      reader.awaitText("that it was erased", "trailcast.erased");
      reader.awaitText("the heartbeat", "\"live\":true,\"time\":");

      assertThat(described("events", reader))
          .containsExactlyInAnyOrder(
              "activity",
              "trailcast.conflated",
              "trailcast.erased",
              "trailcast.gap",
              "trailcast.position");
    }
  }

  @Test
  void isSentAsNamedEvents() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/named&named=true")) {
      reader.awaitText("the opening", "trailcast.position");
      server.record("{\"type\":\"described\",\"source\":\"/named\"}");
      reader.awaitText("the activity", "event: described");
      assertThat(described("events", reader)).contains("activity");
    }
  }

  @Test
  void isSentAsFigures() throws Exception {
    try (Reader reader = new Reader(server, "api/stats")) {
      reader.awaitText("figures", "perSecond");
      reader.awaitText("their end", "]}}\n\n");
      assertThat(described("figures", reader))
          .containsExactlyInAnyOrder("trailcast.position", "trailcast.stats");
    }
  }

  @Test
  void isSentAsLines() throws Exception {
    String query = "api/events?source=/lines&lastEventId=foreign-1&heartbeat=event&rate=1000";
    Set<String> names = new TreeSet<>();
    try (LineReader lines = new LineReader(server, query)) {
      server.record("{\"type\":\"described\",\"source\":\"/lines\",\"actor\":\"liner\"}");
      erase("liner");
      Set<String> all =
          Set.of("activity", "trailcast.position", "trailcast.gap", "trailcast.erased");
      for (int i = 0; i < MOST_LINES && !names.containsAll(all); i++) {
        JsonNode line = JSON.readTree(lines.nextFilled());
        names.add(
            named(
                "lines",
                line.path("type").asText(),
                message -> message.get("payload").misfits(line).isEmpty(),
                line));
      }
      assertThat(names).containsAll(all);
    }
  }

  private void erase(String actor) throws Exception {
    assertThat(
            CLIENT
                .send(
                    HttpRequest.newBuilder(server.base().resolve("api/activities?actor=" + actor))
                        .DELETE()
                        .build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }
}
