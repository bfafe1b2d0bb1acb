package dev.trailcast.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import dev.trailcast.it.Visitor;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The WAR as delivered, on a server that is killed while producers send each batch until it is
 * taken. In full: {@code -Dit.segment.messages=100000 -Dit.segment.kills=10}.
 */
class SegmentKillIT {
  private static final String KEY = "the-key-of-who-sends-again";
  private static final int MESSAGES = Integer.getInteger("it.segment.messages", 4_000);
  private static final int KILLS = Integer.getInteger("it.segment.kills", 1);
  private static final int IN_A_BATCH = 20;
  private static final int PRODUCERS = 4;
  private static final long PATIENCE_MINUTES = 5;
  private static final Visitor.Door DOOR =
      new Visitor.Door("POST", "api/v1/batch", "application/json");

  @TempDir Path directory;

  @Test
  void recordsOnceWhatIsSentUntilItIsTaken() throws Exception {
    Map<String, String> environment =
        Map.of(
            "TRAILCAST_JOURNAL_DIRECTORY",
            directory.toString(),
            "TRAILCAST_SEGMENT_WRITE_KEYS",
            "shop:" + KEY,
            "TRAILCAST_ACCESS_PUBLISH",
            "key:shop");
    ExecutorService threads = Executors.newFixedThreadPool(PRODUCERS);
    try (ServerProcess process = new ServerProcess("trailcastSegment")) {
      process.start(environment);
      Producers producers = new Producers(process.server());
      List<Future<?>> sending = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        sending.add(threads.submit(producers::sendAll));
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        producers.awaitTaken(kill);
        producers.pause();
        process.kill();
        assertSaysNothingOfKeys(process);
        process.start(environment);
        producers.goOn();
      }
      for (Future<?> each : sending) {
        each.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
      }

      assertThat(recorded(process.server())).containsExactlyInAnyOrderElementsOf(producers.ids);
      assertThat(Visitor.of(process.server()).status(DOOR, Visitor.writeKey("none-of-this-server")))
          .isEqualTo(401);
      process.stop();
      assertSaysNothingOfKeys(process);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * A server that looks at Basic credentials by itself must not tell that it does not know them.
   */
  private static void assertSaysNothingOfKeys(ServerProcess process) throws IOException {
    assertThat(process.console())
        .doesNotContain(KEY, "none-of-this-server", "CWWKS1", "CWWKS3", "FFDC", "Exception");
  }

  private static List<String> recorded(Server server) throws Exception {
    List<String> ids = new ArrayList<>();
    String after = "earliest";
    JsonObject page;
    do {
      page = Server.json(server.get("api/activities?limit=1000&after=" + after));
      page.getJsonArray("activities").getValuesAs(JsonObject.class).stream()
          .map(activity -> activity.getString("id"))
          .forEach(ids::add);
      after = page.getString("next");
    } while (!page.getBoolean("upToDate"));
    return ids;
  }

  /**
   * Several that send side by side; each sends a batch again, in another order, until it is taken.
   */
  private static final class Producers {
    final List<String> ids = new ArrayList<>();

    private final Visitor visitor;
    private final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();
    private final List<CountDownLatch> untilKills = new ArrayList<>();
    private volatile CompletableFuture<Void> serving = CompletableFuture.completedFuture(null);

    Producers(Server server) {
      visitor = Visitor.of(server);
      for (int kill = 1; kill <= KILLS; kill++) {
        untilKills.add(new CountDownLatch(MESSAGES / IN_A_BATCH * kill / (KILLS + 1)));
      }
      for (int n = 0; n < MESSAGES; n += IN_A_BATCH) {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < IN_A_BATCH; i++) {
          String id = UUID.randomUUID().toString();
          ids.add(id);
          batch.add(
              "{\"type\":\"track\",\"event\":\"Order Completed\",\"messageId\":\"%s\",\"timestamp\":\"%s\",\"properties\":{\"n\":%d}}"
                  .formatted(id, Instant.now(), n + i));
        }
        batches.add(batch);
      }
    }

    void awaitTaken(int kill) throws InterruptedException {
      assertThat(untilKills.get(kill - 1).await(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    }

    /** Who is refused from now on waits until {@link #goOn}. */
    void pause() {
      serving = new CompletableFuture<>();
    }

    void goOn() {
      serving.complete(null);
    }

    Void sendAll() throws Exception {
      for (List<String> batch = batches.poll(); batch != null; batch = batches.poll()) {
        while (!isTaken(batch)) {
          serving.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        }
        untilKills.forEach(CountDownLatch::countDown);
      }
      return null;
    }

    private boolean isTaken(List<String> batch) throws Exception {
      Collections.shuffle(batch);
      String body =
          "{\"batch\":[%s],\"sentAt\":\"%s\"}".formatted(String.join(",", batch), Instant.now());
      try {
        HttpResponse<String> answer = visitor.ask(DOOR, body, Visitor.writeKey(KEY));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 404, 503); // not up, or busy
        return answer.statusCode() == 200;
      } catch (IOException e) {
        return false;
      }
    }
  }
}
