package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.History;
import com.example.shop.Shelf;
import dev.trailcast.it.HostArchive;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.browser.Browser;
import dev.trailcast.it.browser.BrowserKind;
import dev.trailcast.it.browser.Tab;
import dev.trailcast.stream.PositionFilter;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The jar as a library of somebody else's WAR, which is not at the root and has no EJB. */
@ExtendWith(ArquillianExtension.class)
class EmbeddingIT {
  private static final List<String> SHARED_NAMES = List.of("events", "activities", "stats");

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive host() {
    return HostArchive.named("host.war")
        .addClasses(Shelf.class, History.class)
        .addAsWebResource(new StringAsset("the host's page"), "index.html");
  }

  @Test
  void tellsReadersWhatIsRecorded() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/told")) {
      reader.await("opening", client -> client.events().size() == 1);
      server.record("{\"type\":\"told\",\"source\":\"/told\"}");
      reader.await("the activity", client -> client.activities().size() == 1);
    }
    assertThat(
            Server.json(server.get("api/activities?after=earliest&source=/told"))
                .getJsonArray("activities"))
        .hasSize(1);
  }

  @Test
  void saysOfFiguresAndHealthChecksWhichApplicationTheyAreOf() throws Exception {
    String address = server.base().getPath().replaceFirst("(?<=.)/$", "");

    assertThat(server.metric("trailcast_readers", "application=\"" + address + "\""))
        .isNotNegative();
    assertThat(
            Server.json(new Server(server.base().resolve("/")).get("health"))
                .getJsonArray("checks"))
        .map(JsonValue::asJsonObject)
        .filteredOn(check -> check.getString("name").startsWith("trailcast-"))
        .hasSize(6)
        .allSatisfy(
            check ->
                assertThat(check.getJsonObject("data").getString("application"))
                    .isEqualTo(address));
  }

  @Test
  void hasTheDashboardBesideTheHostsOwnPage() throws Exception {
    assertThat(server.get("").body()).isEqualTo("the host's page");
    server.record("{\"type\":\"seen\",\"source\":\"/seen\",\"subject\":\"here\"}");
    try (Browser browser = BrowserKind.CHROMIUM.start();
        Tab tab = browser.open(server.base().resolve("trailcast.html?source=/seen"))) {
      tab.await("the activity", "document.querySelector('#feed .subject').textContent === 'here'");
      tab.await("the chart", "document.querySelector('#chart canvas') !== null");
    }
  }

  @Test
  void leavesTheHostsResourcesOfTheSameNamesInPeace() throws Exception {
    for (String name : SHARED_NAMES) {
      HttpResponse<String> response = server.get("rest/" + name);
      assertThat(response.body()).isEqualTo("the host's " + name);
      assertThat(response.headers().firstValue("Answered-By")).contains("the host");
    }
    assertThat(server.post("rest/activities", "application/json", "{\"type\":\"x\"}").body())
        .isEqualTo("the host's {\"type\":\"x\"}");
  }

  @Test
  void isNotReachedBelowTheHostsPath() throws Exception {
    for (String name : SHARED_NAMES) {
      assertThat(server.get("rest/dev.trailcast/" + name).statusCode()).as(name).isEqualTo(404);
    }
  }

  @Test
  void leavesItToTheHostHowToSayNo() throws Exception {
    for (String path : List.of("rest/stats/missing", "rest/nothing")) {
      HttpResponse<String> response = server.get(path);
      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(response.body()).isEqualTo("the host's no");
    }
  }

  @Test
  void isLeftInPeaceByTheHostsFiltersAndMappers() throws Exception {
    for (String path : List.of("api/nothing", "api/activities?limit=x", "api/stats")) {
      HttpResponse<String> response = server.get(path);
      assertThat(response.headers().firstValue("Answered-By")).isEmpty();
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).matches("application/(problem\\+)?json.*"));
    }
  }

  @Test
  void tellsWithAnAnswerOfTheHostsWhereTheTrailWas() throws Exception {
    String before = server.record("{\"type\":\"before\",\"source\":\"/shelf\"}");
    Await.until("the position", () -> position(server.get("api/position")).equals(before));
    HttpResponse<String> shelf = server.get("rest/shelf");
    server.record("{\"type\":\"after\",\"source\":\"/shelf\"}");

    assertThat(shelf.body()).isEqualTo("the host's books");
    assertThat(shelf.headers().firstValue(PositionFilter.HEADER)).contains(before);
    assertThat(
            Server.json(server.get("api/activities?source=/shelf&after=" + before))
                .getJsonArray("activities"))
        .singleElement()
        .satisfies(
            activity -> assertThat(activity.asJsonObject().getString("type")).isEqualTo("after"));
    for (String other : List.of("rest/shelf/dust", "rest/events")) {
      assertThat(server.get(other).headers().firstValue(PositionFilter.HEADER)).isEmpty();
    }
  }

  @Test
  void givesTheHostsCodeWhatItsCallerMaySeeUnlessItAsksForEverything() throws Exception {
    server.record("{\"type\":\"open\",\"source\":\"/history\"}");
    server.record("{\"type\":\"secret\",\"source\":\"/history\",\"audience\":\"bob\"}");
    server.record("{\"type\":\"last\",\"source\":\"/history\"}");

    Await.until("the last", () -> server.get("rest/history").body().endsWith("last"));
    assertThat(server.get("rest/history").body()).isEqualTo("open last");
    assertThat(server.get("rest/history/everything").body()).isEqualTo("open secret last");
    assertThat(server.get("rest/history/elsewhere").body()).isEqualTo("IllegalStateException");
  }

  private static String position(HttpResponse<String> answer) {
    return Server.json(answer).getString("position");
  }

  @Test
  void leavesTheHostsDescriptionInPeace() throws Exception {
    String described = new Server(server.base().resolve("/")).get("openapi").body();

    assertThat(described)
        .contains("rest/events:", "rest/activities:", "rest/stats:", "rest/stats/missing:")
        .doesNotContain("/api", "If-None-Match", "Trailcast");
  }

  @Test
  void servesItsPageAndClientBelowTheHostsAddress() throws Exception {
    for (String file :
        List.of(
            "trailcast.html",
            "trailcast.js",
            "trailcast/dashboard/main.js",
            "trailcast/icon.svg",
            "trailcast/openapi.yaml",
            "trailcast/asyncapi.yaml")) {
      assertThat(server.get(file).statusCode()).as(file).isEqualTo(200);
    }
  }
}
