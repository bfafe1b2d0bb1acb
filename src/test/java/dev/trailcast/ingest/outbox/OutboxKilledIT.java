package dev.trailcast.ingest.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailcast.Await;
import dev.trailcast.ingest.outbox.ChildShop.JournalState;
import dev.trailcast.ingest.outbox.Orders.Ending;
import dev.trailcast.ingest.outbox.Orders.Way;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import dev.trailcast.it.TestDatabase;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server whose transactions fire, and one of whose beans follows, is killed, with a journal that
 * is well, or so full that it takes next to nothing. (Nobody can stall it from outside, as {@link
 * OutboxKilledTest} does.) By default once; {@code -Doutbox.kills=20
 * -Doutbox.database=jdbc:postgresql:…} for more.
 */
class OutboxKilledIT {
  private static final int KILLS = Integer.getInteger("outbox.kills", 1);
  private static final int BUYERS = 3;

  /** Half of the time the journal is not well. */
  private static final List<JournalState> STATES = List.of(JournalState.WELL, JournalState.FULL);

  private static final List<Way> WAYS = List.of(Way.values());
  private static final List<Ending> ENDINGS =
      List.of(Ending.COMMITS, Ending.COMMITS, Ending.COMMITS, Ending.FAILS, Ending.IS_REFUSED);

  @TempDir Path directory;

  private final DatabaseServer h2 = new DatabaseServer();

  /** So that nothing is recorded that a run before has left in the same database. */
  private final String application = "run-" + UUID.randomUUID();

  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger committed = new AtomicInteger(); // so that it was answered
  private final AtomicInteger others = new AtomicInteger();

  OutboxKilledIT() throws SQLException {}

  @AfterEach
  void close() throws SQLException {
    h2.close();
  }

  @Test
  void hasEveryActivityOfWhatIsCommittedRecordedAndCountedOnceAndNoneOfWhatIsRolledBack()
      throws Exception {
    assumeTrue(Platform.current() != Platform.PAYARA_SERVER, "which is Payara Micro's twin");
    try (ServerProcess process =
        new ServerProcess(
            "trailcastOutbox", OrdersArchive.make().addClass(Sales.class), database())) {
      Server server = process.server();
      process.start(environment(JournalState.WELL));
      makeOrders(server);
      Random random = new Random();
      for (int i = 0; i < KILLS; i++) {
        JournalState state = STATES.get(i % STATES.size());
        if (i > 0) {
          process.start(environment(state));
        }
        int before = committed.get();
        List<Thread> buyers = buyersOf(server);
        Await.until("some orders", () -> committed.get() > before && others.get() > 0);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_000)));
        process.kill();
        for (Thread buyer : buyers) {
          buyer.join();
        }
      }
      process.start(environment(JournalState.WELL));

      Await.until(
          "the outbox to be empty",
          () -> sql(server, "query", "SELECT COUNT(*) FROM trailcast_outbox").equals("0"));
      List<String> recorded = recorded(server);
      List<String> told =
          List.of(sql(server, "query", "SELECT number || '-' || told FROM orders").split(","));
      System.out.printf(
          "%d kills: %d of %d orders were committed, %d activities recorded%n",
          KILLS, told.size(), next.get(), recorded.size());
      assertThat(recorded).doesNotHaveDuplicates();
      assertThat(recorded).containsExactlyInAnyOrderElementsOf(ids(told));
      Await.until(
          "the bean that follows",
          () ->
              sql(server, "query", "SELECT COUNT(*) FROM sales")
                  .equals(Integer.toString(recorded.size())));
      assertThat(sql(server, "query", "SELECT id FROM sales").split(","))
          .containsExactlyInAnyOrderElementsOf(recorded);
      assertThat(server.metric("trailcast_followers")).isEqualTo(1);
      assertThat(server.metric("trailcast_follower_parked_activities")).isZero();
      assertThat(told.size()).isGreaterThanOrEqualTo(committed.get());
    }
  }

  /** Measures, and tests nothing: {@code -Doutbox.measured}. */
  @Test
  @EnabledIfSystemProperty(named = "outbox.measured", matches = ".*")
  void saysWhatItCosts() throws Exception {
    try (ServerProcess process =
        new ServerProcess("trailcastOutbox", OrdersArchive.make(), database())) {
      Server server = process.server();
      process.start(environment(JournalState.WELL));
      makeOrders(server);
      int first = 0;
      for (int round = 0; round < 4; round++) { // the first ones warm up
        for (int told : new int[] {0, 1, 10}) {
          String path = "shop/measure/%d?orders=2000&told=%d".formatted(first, told);
          String micros = server.post(path, "text/plain", "").body();
          first += 2_000;
          System.out.printf("%d activities: a transaction takes %s us%n", told, micros);
        }
      }
    }
  }

  private static void makeOrders(Server server) throws Exception {
    sql(server, "execute", "DROP TABLE IF EXISTS orders");
    sql(server, "execute", "DELETE FROM trailcast_outbox");
    sql(
        server,
        "execute",
        "CREATE TABLE orders (number INTEGER PRIMARY KEY, told INTEGER NOT NULL)");
    sql(server, "execute", "DROP TABLE IF EXISTS sales");
    sql(server, "execute", "CREATE TABLE sales (id VARCHAR(64) NOT NULL)");
  }

  private TestDatabase database() {
    String url = System.getProperty("outbox.database");
    return url == null
        ? new TestDatabase(h2.url(), JdbcDataSource.class)
        : new TestDatabase(url, PGSimpleDataSource.class);
  }

  private Map<String, String> environment(JournalState state) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TRAILCAST_OUTBOX_APPLICATION", application);
    environment.put("TRAILCAST_JOURNAL_DIRECTORY", directory.resolve("journal").toString());
    if (state == JournalState.FULL) {
      environment.put("TRAILCAST_JOURNAL_QUEUE_ACTIVITIES", "1");
    }
    return environment;
  }

  private List<Thread> buyersOf(Server server) {
    List<Thread> buyers =
        Stream.generate(() -> new Thread(() -> buyUntilItIsGone(server))).limit(BUYERS).toList();
    buyers.forEach(Thread::start);
    return buyers;
  }

  private void buyUntilItIsGone(Server server) {
    Random random = new Random();
    while (true) {
      int order = next.getAndIncrement();
      try {
        String path =
            "shop/orders/%d?told=%d&way=%s&ending=%s&byHand=%b"
                .formatted(
                    order,
                    1 + random.nextInt(3),
                    WAYS.get(random.nextInt(WAYS.size())),
                    ENDINGS.get(random.nextInt(ENDINGS.size())),
                    random.nextBoolean());
        boolean done = server.post(path, "text/plain", "").body().equals("done");
        (done ? committed : others).incrementAndGet();
      } catch (IOException e) {
        return;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<String> recorded(Server server) throws Exception {
    List<String> ids = new ArrayList<>();
    String after = "earliest";
    while (true) {
      JsonObject page =
          Server.json(server.get("api/activities?source=/shop&limit=1000&after=" + after));
      page.getJsonArray("activities")
          .getValuesAs(JsonObject.class)
          .forEach(each -> ids.add(each.getString("id")));
      if (page.getBoolean("upToDate")) {
        return ids;
      }
      after = page.getString("next");
    }
  }

  private static List<String> ids(List<String> orders) {
    List<String> ids = new ArrayList<>();
    for (String order : orders) {
      String[] parts = order.split("-");
      for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
        ids.add(ChildShop.id(Integer.parseInt(parts[0]), i));
      }
    }
    return ids;
  }

  private static String sql(Server server, String how, String sql) throws Exception {
    HttpResponse<String> response = server.post("shop/" + how, "text/plain", sql);
    assertThat(response.statusCode()).as(response.body()).isIn(200, 204);
    return response.body();
  }
}
