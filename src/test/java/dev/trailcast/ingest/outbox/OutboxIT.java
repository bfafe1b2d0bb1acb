package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.ingest.outbox.Orders.Ending;
import dev.trailcast.ingest.outbox.Orders.Way;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Activities in the transactions of a server, on a DataSource of its own. */
@ExtendWith(ArquillianExtension.class)
class OutboxIT {
  /** A batch of long ago. */
  private static final String LEFT = "01900000-0000-7000-8000-000000000000";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return OrdersArchive.make();
  }

  @BeforeEach
  void makeTable() throws Exception {
    sql("execute", "CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, told INTEGER)");
  }

  /** Rows are deleted a moment after they were recorded. */
  @BeforeEach
  void awaitThatNothingWaits() throws Exception {
    Await.until("the rows to be gone", () -> waiting().equals("0"));
  }

  @Test
  void recordsWhatCommitsWithTheBusinessAndDeletesIt() throws Exception {
    try (Reader reader = new Reader(server, "api/events?subject=orders/1")) {
      assertThat(place(1, 50, Way.TOLD_LAST, Ending.COMMITS)).isEqualTo("done");
      reader.await("all", client -> client.activities().size() == 50);
      assertThat(reader.activities().stream().map(json -> ActivityReader.read(json).id()).toList())
          .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "1-" + i).toList());
    }
    assertThat(orders()).contains("1");
    awaitThatNothingWaits();
  }

  @ParameterizedTest
  @EnumSource
  void recordsWhatCommitsAndNothingOfWhatIsRolledBack(Way way) throws Exception {
    int first = 100 + 10 * way.ordinal();
    for (boolean byHand : new boolean[] {false, true}) {
      awaitThatNothingWaits();
      int number = byHand ? first + 5 : first;
      String subjects = "subject=orders/%d&subject=orders/%d&subject=orders/%d";
      try (Reader reader =
          new Reader(server, "api/events?" + subjects.formatted(number, number + 1, number + 2))) {
        assertThat(place(number, 3, way, Ending.FAILS, byHand)).contains("out of stock");
        assertThat(place(number + 1, 3, way, Ending.IS_REFUSED, byHand)).doesNotContain("done");
        assertThat(waiting()).isEqualTo("0");
        assertThat(place(number + 2, 2, way, Ending.COMMITS, byHand)).isEqualTo("done");
        reader.await("what was placed", client -> client.activities().size() == 2);
        assertThat(reader.activities())
            .allSatisfy(activity -> assertThat(activity).contains("orders/" + (number + 2)));
      }
      assertThat(orders())
          .contains(Integer.toString(number + 2))
          .doesNotContain(Integer.toString(number), Integer.toString(number + 1));
    }
  }

  @Test
  void rollsBackWithTheBusinessWhereItCanNotBeKept() throws Exception {
    sql("execute", "ALTER TABLE trailcast_outbox ADD CONSTRAINT shut CHECK (actor IS NULL)");
    String answer = place(4, 1, Way.TOLD_LAST, Ending.COMMITS);
    sql("execute", "ALTER TABLE trailcast_outbox DROP CONSTRAINT shut");

    assertThat(answer).doesNotContain("done");
    assertThat(orders()).doesNotContain("4");
  }

  @Test
  void recordsWhatWasLeft() throws Exception {
    try (Reader reader = new Reader(server, "api/events?type=left")) {
      leave(7, "{\"type\":\"left\",\"id\":\"7\"}", null);
      reader.await("it", client -> client.activities().size() == 1);
    }
    awaitThatNothingWaits();
  }

  @Test
  void showsWhatLiesThereAndErasesIt() throws Exception {
    // the SHA-256 of zoe
    leave(8, "no activity", "9d017e2681b7f31725e1c0fbe2612e89079c22806b02cf7a894b500dd5a219c1");
    Await.until("it to be seen", () -> server.metric("trailcast_outbox_refused_activities") == 1);
    assertThat(server.metric("trailcast_outbox_activities")).isEqualTo(1);
    assertThat(server.metric("trailcast_outbox_oldest_seconds")).isGreaterThan(60);
    assertThat(new Server(server.base().resolve("/")).get("health/ready").body())
        .containsPattern("\"outbox\": ?\"?1")
        .contains("\"outboxOldest\"", "\"outboxRefused\"");

    assertThat(erase("zoe").getInt("erased")).isOne();
    assertThat(waiting()).isEqualTo("0");
  }

  private String place(int number, int told, Way way, Ending ending) throws Exception {
    return place(number, told, way, ending, false);
  }

  private String place(int number, int told, Way way, Ending ending, boolean isByHand)
      throws Exception {
    String path = "shop/orders/%d?told=%d&way=%s&ending=%s&byHand=%b";
    return post(path.formatted(number, told, way, ending, isByHand), "");
  }

  private void leave(int place, String activity, String actor) throws Exception {
    sql(
        "execute",
        "INSERT INTO trailcast_outbox VALUES ('trailcast', '%s', %d, %s, STRINGTOUTF8('%s'))"
            .formatted(LEFT, place, actor == null ? "NULL" : "'" + actor + "'", activity));
  }

  private List<String> orders() throws Exception {
    return Arrays.asList(sql("query", "SELECT number FROM orders").split(","));
  }

  private String waiting() throws Exception {
    return sql("query", "SELECT COUNT(*) FROM trailcast_outbox");
  }

  private String sql(String how, String sql) throws Exception {
    return post("shop/" + how, sql);
  }

  private String post(String path, String body) throws Exception {
    HttpResponse<String> response = server.post(path, "text/plain", body);
    assertThat(response.statusCode()).as(response.body()).isIn(200, 204);
    return response.body();
  }

  private JsonObject erase(String actor) throws Exception {
    URI uri = server.base().resolve("api/activities?actor=" + actor);
    return Server.json(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).DELETE().build(), BodyHandlers.ofString()));
  }
}
