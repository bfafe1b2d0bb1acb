package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Activities in the transactions of a server, on a DataSource of its own. */
@ExtendWith(ArquillianExtension.class)
class OutboxIT {
  /** A batch of long ago. */
  private static final String LEFT = "01900000-0000-7000-8000-000000000000";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
            "trailcast.outbox.datasource", "jdbc/shop",
            "trailcast.outbox.create-table", "true",
            "trailcast.outbox.relay-interval", "PT0.2S")
        .addClasses(OrdersApplication.class, OrdersResource.class, Orders.class);
  }

  @BeforeEach
  void makeTable() throws Exception {
    sql("execute", "CREATE TABLE IF NOT EXISTS orders (number INTEGER PRIMARY KEY, told INTEGER)");
  }

  @Test
  void recordsWhatCommitsWithTheBusinessAndDeletesIt() throws Exception {
    try (Reader reader = new Reader(server, "api/events?subject=orders/1")) {
      assertThat(place(1, 50, false)).isEqualTo("done");
      reader.await("all", client -> client.activities().size() == 50);
      assertThat(reader.activities().stream().map(json -> ActivityReader.read(json).id()).toList())
          .isEqualTo(IntStream.range(0, 50).mapToObj(i -> "1-" + i).toList());
    }
    assertThat(orders()).contains("1");
    Await.until("the rows to be gone", () -> waiting().equals("0"));
  }

  @Test
  void recordsNothingOfWhatIsRolledBack() throws Exception {
    try (Reader reader = new Reader(server, "api/events?subject=orders/2&subject=orders/3")) {
      assertThat(place(2, 3, true)).contains("out of stock");
      place(3, 1, false);
      reader.await("what was placed after", client -> !client.activities().isEmpty());
      assertThat(reader.activities()).singleElement().asString().contains("orders/3");
    }
    assertThat(orders()).doesNotContain("2");
  }

  @Test
  void recordsNothingOfWhatIsRolledBackAfterItWasKept() throws Exception {
    Await.until("rows of other tests to be gone", () -> waiting().equals("0"));
    try (Reader reader = new Reader(server, "api/events?subject=orders/5&subject=orders/6")) {
      assertThat(post("shop/orders/5?told=3&refused=true", "")).doesNotContain("done");
      assertThat(waiting()).isEqualTo("0");
      place(6, 1, false);
      reader.await("what was placed after", client -> !client.activities().isEmpty());
      assertThat(reader.activities()).singleElement().asString().contains("orders/6");
    }
    assertThat(orders()).doesNotContain("5");
  }

  @Test
  void rollsBackWithTheBusinessWhereItCanNotBeKept() throws Exception {
    Await.until("rows of other tests to be gone", () -> waiting().equals("0"));
    sql("execute", "ALTER TABLE trailcast_outbox ADD CONSTRAINT shut CHECK (actor IS NULL)");
    String answer = place(4, 1, false);
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
    Await.until("the row to be gone", () -> waiting().equals("0"));
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

  private String place(int number, int told, boolean fails) throws Exception {
    return post("shop/orders/" + number + "?told=" + told + "&fails=" + fails, "");
  }

  private void leave(int place, String activity, String actor) throws Exception {
    sql(
        "execute",
        "INSERT INTO trailcast_outbox VALUES ('trailcast', '%s', %d, %s, STRINGTOUTF8('%s'))"
            .formatted(LEFT, place, actor == null ? "NULL" : "'" + actor + "'", activity));
  }

  private String orders() throws Exception {
    return sql("query", "SELECT number FROM orders");
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
