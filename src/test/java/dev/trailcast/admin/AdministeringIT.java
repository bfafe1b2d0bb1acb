package dev.trailcast.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.FormLogIn;
import dev.trailcast.it.GrantsSource;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.SessionServlet;
import dev.trailcast.it.TestArchive;
import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Readers under the eyes of an administrator, in an application whose users log in by a form of its
 * own: {@code alice} may administer, {@code bob} may record and follow.
 */
@ExtendWith(ArquillianExtension.class)
class AdministeringIT {
  private static final String AUDIT =
      "api/activities?after=earliest&limit=1000&type=trailcast.audit.*";

  @ArquillianResource private Server server;

  private HttpClient alice;
  private HttpClient bob;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return FormLogIn.addTo(
        TestArchive.with(
                "trailcast.access.publish", "authenticated",
                "trailcast.access.subscribe", "authenticated",
                "trailcast.access.administer", "role:support")
            .addClasses(SessionServlet.class, GrantsSource.class)
            .addAsServiceProvider(ConfigSource.class, GrantsSource.class));
  }

  @BeforeEach
  void logIn() throws Exception {
    alice = FormLogIn.as("alice", server);
    bob = FormLogIn.as("bob", server);
  }

  private HttpResponse<String> ask(HttpClient user, String method, String path) throws Exception {
    return ask(user, method, path, "");
  }

  private HttpResponse<String> ask(HttpClient user, String method, String path, String json)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(path))
            .header("Accept", "application/json")
            .method(method, BodyPublishers.ofString(json));
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return user.send(request.build(), BodyHandlers.ofString());
  }

  private Reader follow(HttpClient user, String query) throws Exception {
    Reader reader = new Reader(user, server.base().resolve("api/events" + query));
    reader.awaitText("the opening", "trailcast.position");
    return reader;
  }

  private List<JsonObject> readers(String query) throws Exception {
    HttpResponse<String> answer = ask(alice, "GET", "api/readers" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Server.json(answer).getJsonArray("readers").getValuesAs(JsonObject.class);
  }

  @Test
  void anAdministratorSeesWhoFollowsAndEndsOne() throws Exception {
    Await.until("those of other tests to be gone", () -> readers("").isEmpty());
    try (Reader ended = follow(bob, "?type=order.*&actor=5%5C*");
        Reader stays = follow(bob, "?type=page.viewed")) {
      List<JsonObject> bobs = readers("?user=bob");
      assertThat(bobs).hasSize(2);
      JsonObject reader = bobs.get(0);
      assertThat(reader.getString("user")).isEqualTo("bob");
      assertThat(reader.getString("address")).isNotEmpty();
      assertThat(reader.getString("since")).endsWith("Z");
      assertThat(reader.getString("door")).isEqualTo("events");
      assertThat(reader.getJsonObject("filter"))
          .hasToString("{\"actor\":[\"5\\\\*\"],\"type\":[\"order.*\"]}");
      assertThat(reader.getString("state")).isIn("live", "catching-up");
      assertThat(reader.getBoolean("gzip")).isFalse();
      assertThat(readers("?user=bob&limit=1")).hasSize(1);
      assertThat(readers("?after=" + reader.getString("id") + "&user=bob")).hasSize(1);

      String path = "api/readers/" + reader.getString("id");
      assertThat(ask(alice, "DELETE", path).statusCode()).isEqualTo(204);
      ended.awaitText("the end", "\"reason\":\"ended\"");
      ended.awaitEnd();
      Await.until("it to be gone", () -> ask(alice, "DELETE", path).statusCode() == 404);

      ask(bob, "POST", "api/activities", "{\"type\":\"page.viewed\"}");
      stays.await("what was recorded", client -> client.activities().size() == 1);
      assertThat(ask(alice, "GET", AUDIT).body())
          .contains("\"type\":\"trailcast.audit.ended\"", path.substring("api/".length()));
      assertThat(ask(bob, "GET", AUDIT).body()).doesNotContain("trailcast.audit");
    }
  }

  @Test
  void aPageThatIsWaitedForIsEndedForGood() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting =
        bob.sendAsync(
            HttpRequest.newBuilder(
                    server.base().resolve("api/activities?last=0&wait=PT60S&type=never"))
                .build(),
            BodyHandlers.ofString());
    Await.until("a page to be waited for", () -> !waitingPages().isEmpty());
    ask(alice, "DELETE", "api/readers/" + waitingPages().get(0).getString("id"));

    HttpResponse<String> answer = waiting.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("An administrator has ended this request.");
  }

  private List<JsonObject> waitingPages() throws Exception {
    return readers("?user=bob").stream()
        .filter(reader -> reader.getString("state").equals("waiting"))
        .toList();
  }

  @Test
  void aGrantThatIsTakenAwayEndsWhoFollowsByIt() throws Exception {
    try (Reader stays = follow(alice, "");
        Reader ended = follow(bob, "")) {
      grantSubscribing("role:support");

      ended.awaitText("the end", "\"reason\":\"expired\"");
      ended.awaitEnd();
      assertThat(ask(bob, "GET", "api/activities").statusCode()).isEqualTo(403);
      stays.awaitText("the end", "\"reason\":\"expired\"");
      assertThat(ask(alice, "GET", "api/activities").statusCode()).isEqualTo(200);
    } finally {
      grantSubscribing("authenticated");
      Await.until(
          "it to be granted again", () -> ask(bob, "GET", "api/activities").statusCode() == 200);
    }
  }

  private void grantSubscribing(String grants) throws Exception {
    assertThat(ask(alice, "PUT", "grants", grants).statusCode()).isEqualTo(200);
  }

  @Test
  void whoeverIsNoAdministratorIsRefusedAndThatIsOnRecord() throws Exception {
    assertThat(ask(bob, "GET", "api/readers").statusCode()).isEqualTo(403);
    assertThat(ask(bob, "DELETE", "api/readers/k-1?reason=none").statusCode()).isEqualTo(403);
    assertThat(server.get("api/readers").statusCode()).isEqualTo(401);

    Await.until(
        "refusals on record",
        () -> {
          String told = ask(alice, "GET", AUDIT).body();
          return told.contains("\"path\":\"" + server.base().getPath() + "api/readers/k-1\"")
              && told.contains("\"actor\":\"bob\"")
              && told.contains("\"status\":401");
        });
    assertThat(ask(bob, "GET", AUDIT).body()).doesNotContain("trailcast.audit");
  }

  @Test
  void onlyAnAdministratorIsToldWhatABackupNeeds() throws Exception {
    assertThat(ask(bob, "POST", "api/admin/backup").statusCode()).isEqualTo(403);
    assertThat(server.post("api/admin/backup", "application/json", "").statusCode()).isEqualTo(401);

    HttpResponse<String> answer = ask(alice, "POST", "api/admin/backup");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body())
        .containsAnyOf("set trailcast.backup.directory", "Make backups of the topic");
    assertThat(ask(alice, "POST", "api/admin/backup?to=/tmp").statusCode()).isEqualTo(400);
    assertThat(ask(alice, "GET", "api/admin/backup").statusCode()).isEqualTo(405);
  }

  @Test
  void nobodyForgesWhatIsOnRecord() throws Exception {
    for (String forged :
        List.of(
            "{\"type\":\"trailcast.audit.ended\",\"actor\":\"alice\"}",
            "[{\"type\":\"trailcast.audit.erased\"}]")) {
      HttpResponse<String> answer = ask(alice, "POST", "api/activities", forged);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("trailcast., which is reserved");
    }
  }

  @Test
  void theListIsAskedForInAWayThatItKnows() throws Exception {
    for (String wrong : List.of("limit=0", "limit=1001", "after=elsewhere-7", "users=bob")) {
      assertThat(ask(alice, "GET", "api/readers?" + wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void aStreamEndsWithItsSession() throws Exception {
    ask(bob, "POST", "session");
    HttpClient elsewhere = FormLogIn.as("bob", server);
    ask(elsewhere, "POST", "session");
    try (Reader reader = follow(bob, "");
        Reader other = follow(elsewhere, "")) {
      assertThat(ask(bob, "DELETE", "session").statusCode()).isEqualTo(200);

      reader.awaitText("the end", "\"reason\":\"expired\"");
      reader.awaitEnd();
      ask(alice, "POST", "api/activities", "{\"type\":\"page.viewed\"}");
      other.await("what was recorded", client -> client.activities().size() == 1);
    }
  }

  @Test
  void aStreamEndsWhereItsUserLogsOut() throws Exception {
    ask(bob, "POST", "session");
    try (Reader reader = follow(bob, "")) {
      assertThat(ask(bob, "DELETE", "session?logout").statusCode()).isEqualTo(200);

      reader.awaitText("the end", "\"reason\":\"expired\"");
      reader.awaitEnd();
    }
  }
}
