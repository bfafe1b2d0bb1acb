package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The WAR as delivered, on a server that goes away and comes back. */
class RestartIT {
  @TempDir Path directory;

  @Test
  void resumesReadersOverARestartWithoutLossOrRepetition() throws Exception {
    Map<String, String> environment = journalIn(directory);
    try (ServerProcess process = new ServerProcess("trailcastRestart")) {
      process.start(environment);
      Server server = process.server();
      assertThat(server.get("").body()).contains("<title>Trailcast</title>");
      assertThat(server.get("health/started").statusCode()).isEqualTo(200);
      try (Reader reader = new Reader(server, "api/events?source=/restart");
          Reader nothing = new Reader(server, "api/events?source=/never")) {
        server.recordAll(numbered(1, 300));
        reader.await("what was recorded", client -> client.activities().size() == 300);
        nothing.await("opening", client -> !client.events().isEmpty());
        reader.cut();
        server.recordAll(numbered(301, 300));

        Future<HttpResponse<String>> held = hold(server);

        process.stop();
        assertThat(Server.json(held.get(60, TimeUnit.SECONDS)).getBoolean("upToDate")).isTrue();
        nothing.awaitEnd();
        assertThat(nothing.text()).contains("event: trailcast.closing", "\"reason\":\"draining\"");
        assertThat(process.console()).doesNotContain("Exception"); // streams have ended, quietly
        process.start(environment);
        reader.connect();
        nothing.cut();
        nothing.connect();
        server.recordAll(numbered(601, 300));

        reader.await("all", client -> client.activities().size() >= 900);
        assertThat(
                reader.activities().stream().map(json -> ActivityReader.read(json).id()).toList())
            .isEqualTo(IntStream.rangeClosed(1, 900).mapToObj(Integer::toString).toList());
        assertThat(nothing.<Integer>seen(client -> client.controls("trailcast.gap").size()))
            .isZero();
        assertThat(reader.<Integer>seen(client -> client.controls("trailcast.gap").size()))
            .isZero();
      }
    }
  }

  @Test
  void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
    Map<String, String> environment = journalIn(directory);
    ExecutorService publisher = Executors.newSingleThreadExecutor();
    try (ServerProcess process = new ServerProcess("trailcastKilled")) {
      process.start(environment);
      Server server = process.server();
      try (Reader reader = new Reader(server, "api/events?source=/restart")) {
        Future<List<String>> acknowledged = publisher.submit(() -> publishUntilItIsGone(server));
        reader.await("some", client -> client.activities().size() > 200);
        process.kill();
        reader.awaitEnd();
        List<String> ids = acknowledged.get(60, TimeUnit.SECONDS);
        assertThat(ids).hasSizeGreaterThan(100);

        process.start(environment);
        reader.cut();
        reader.connect();
        server.record("{\"source\":\"/restart\",\"type\":\"counted\",\"id\":\"after\"}");

        reader.await("the last", client -> idOfLast(client.activities()).equals("after"));
        List<String> seen =
            reader.activities().stream().map(json -> ActivityReader.read(json).id()).toList();
        assertThat(seen).doesNotHaveDuplicates().containsSubsequence(ids);
      }
    } finally {
      publisher.shutdown();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRAILCAST_STREAM_HEARTBEAT | banana | trailcast.stream.heartbeat must be an ISO-8601"
            + " duration, such as PT15S or P7D, not 'banana'",
        "JAVA_TOOL_OPTIONS | -Dtrailcast.stream.hartbeat=PT5S | trailcast.stream.hartbeat is no"
            + " setting; did you mean trailcast.stream.heartbeat?"
      })
  void doesNotStartWithASettingThatIsNotAllowedAndNamesIt(
      String variable, String value, String because) throws Exception {
    try (ServerProcess process = new ServerProcess("trailcastMisconfigured")) {
      process.launch(Map.of(variable, value));
      process.awaitLine(because);
      process.awaitLine(Platform.current().saysWhenUp());
      assertThat(process.server().get("api/events").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void servesNothingWhereTheOutboxHasNoDataSourceAndNamesIt() throws Exception {
    try (ServerProcess process = new ServerProcess("trailcastMisconfigured")) {
      process.launch(Map.of("TRAILCAST_OUTBOX_DATASOURCE", "jdbc/nope"));
      process.awaitLine(
          "trailcast.outbox.datasource must be the JNDI name of the DataSource that your business"
              + " code uses, not 'jdbc/nope'");
      process.awaitLine(Platform.current().saysWhenUp());
      // Payara leaves it there, and broken
      assertThat(process.server().get("api/events").statusCode()).isIn(404, 500);
    }
  }

  @Test
  void saysWhatIsWrongWhereTheJournalCanNotBeOpened() throws Exception {
    Path file = java.nio.file.Files.createFile(directory.resolve("a-file"));
    try (ServerProcess process = new ServerProcess("trailcastUnready")) {
      process.launch(journalIn(file.resolve("journal")));
      process.awaitLine(Platform.current().saysWhenUp());
      Server server = process.server();
      Await.until( // with Kafka the server may be up before the journal was tried
          "the reason", () -> server.get("health/ready").body().contains(file.toString()));
      assertThat(server.get("health/ready").statusCode()).isEqualTo(503);
      HttpResponse<String> post =
          server.post("api/activities", "application/json", "{\"type\":\"x\"}");
      assertThat(post.statusCode()).isEqualTo(503);
      assertThat(post.headers().firstValue("Retry-After")).isPresent();
      assertThat(post.body()).doesNotContain(file.toString()); // for operators, not for everybody
      HttpResponse<String> stream = server.get("api/events");
      assertThat(stream.statusCode()).isEqualTo(200); // or a browser would never come back
      assertThat(stream.body()).contains("event: trailcast.closing", "\"reason\":\"unavailable\"");
      assertThat(server.get("health/live").statusCode()).isEqualTo(200);
    }
  }

  /** A request that waits for what never comes. */
  private static Future<HttpResponse<String>> hold(Server server) throws Exception {
    String path = "api/activities?source=/never&last=0&wait=PT1M";
    FutureTask<HttpResponse<String>> held = new FutureTask<>(() -> server.get(path));
    new Thread(held).start();
    Await.until("the request to wait", () -> server.metric("trailcast_requests_waiting") > 0);
    return held;
  }

  private static List<String> publishUntilItIsGone(Server server) throws InterruptedException {
    List<String> acknowledged = new ArrayList<>();
    for (int n = 1; ; n++) {
      try {
        HttpResponse<String> response =
            server.post("api/activities", "application/json", numbered(n, 1).get(0));
        if (response.statusCode() == 201) {
          JsonObject answer = Server.json(response);
          acknowledged.add(answer.getString("id"));
        }
      } catch (IOException e) {
        return acknowledged;
      }
    }
  }

  private static String idOfLast(List<dev.trailcast.stream.wire.SseClient.Event> events) {
    return events.isEmpty() ? "" : ActivityReader.read(events.get(events.size() - 1).data()).id();
  }

  private static Map<String, String> journalIn(Path directory) {
    return Map.of("TRAILCAST_JOURNAL_DIRECTORY", directory.toString());
  }

  private static List<String> numbered(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(n -> "{\"source\":\"/restart\",\"type\":\"counted\",\"id\":\"" + n + "\"}")
        .toList();
  }
}
