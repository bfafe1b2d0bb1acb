package dev.trailcast.ingest.outbox;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.TestSettings;
import dev.trailcast.it.Processes;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A shop in a process of its own, whose buyers place orders without end, each with activities that
 * tell of it, some of which are rolled back; until it is killed.
 */
final class ChildShop {
  static final String SOURCE = "/shop";

  private static final int BUYERS = 3;
  private static final String READY = "ready";

  /** How the journal of a process is. */
  enum JournalState {
    WELL,
    /** It takes a while, then nothing is acknowledged any more. */
    STALLED,
    /** It has room for next to nothing. */
    FULL
  }

  private final Process process;
  private final BufferedReader output;

  private ChildShop(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a process, and waits until it has placed an order.
   *
   * @param run that no other has
   */
  static ChildShop start(String database, Path journal, int run, JournalState state)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // lives for a moment only
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            ChildShop.class.getName(),
            database,
            journal.toString(),
            Integer.toString(run),
            state.name());
    ChildShop child =
        new ChildShop(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    String said = child.output.readLine();
    if (!READY.equals(said)) {
      throw new AssertionError("the shop said " + said);
    }
    return child;
  }

  /** SIGKILL. */
  void kill() throws IOException {
    Processes.kill(process);
    output.close();
  }

  /** What an activity is called that tells of an order. */
  static String id(int order, int index) {
    return order + "-" + index;
  }

  /** The process: database, directory of the journal, run, state of the journal. */
  public static void main(String[] arguments) throws Exception {
    JournalState state = JournalState.valueOf(arguments[3]);
    BusinessDatabase database = new BusinessDatabase(arguments[0]);
    EmbeddedJournal journal = journal(Path.of(arguments[1]), state);
    Intake intake = new Intake(journal, TestSettings.with(65_000, Duration.ofSeconds(10)));
    Outbox outbox = new Outbox(settings(), intake, journal);
    Relay relay = outbox.open(database, Clock.systemUTC());
    relay.begin();
    journal.start();
    new Thread(relay).start();
    int first = Integer.parseInt(arguments[2]) * 100_000;
    AtomicInteger next = new AtomicInteger(first);
    for (int i = 0; i < BUYERS; i++) {
      new Thread(() -> buyWithoutEnd(database, outbox, next)).start();
    }
    Await.until(() -> next.get() > first + BUYERS); // one has been placed
    System.out.println(READY);
  }

  static OutboxSettings settings() {
    return new OutboxSettings("jdbc/shop", true, "shop", Duration.ofMillis(100));
  }

  static EmbeddedJournal journal(Path directory, JournalState state) {
    CountDownLatch never = new CountDownLatch(1);
    AtomicInteger pages = new AtomicInteger();
    int queue = state == JournalState.FULL ? 1 : 16_384;
    return new EmbeddedJournal(
        new JournalSettings(
            directory,
            new Retention(Duration.ofDays(1), 100_000_000, Long.MAX_VALUE),
            queue,
            1 << 20),
        Thread::new,
        Clock.systemUTC(),
        page -> {
          if (state == JournalState.STALLED && pages.incrementAndGet() > 5) {
            awaitUninterrupted(never);
          }
        });
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void buyWithoutEnd(BusinessDatabase database, Outbox outbox, AtomicInteger next) {
    Random random = new Random();
    while (true) {
      int order = next.getAndIncrement();
      int told = 1 + random.nextInt(3);
      try {
        if (random.nextInt(4) == 0) {
          database.rollBack(() -> fire(outbox, order, told), place(order, told));
        } else {
          database.commit(() -> fire(outbox, order, told), place(order, told));
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static TransactionActivities fire(Outbox outbox, int order, int told) {
    TransactionActivities fired = new TransactionActivities(outbox.begin(), 1 << 20);
    for (int i = 0; i < told; i++) {
      fired.add(
          EncodedActivity.of(
              Activity.of("buyer", "order.placed", "orders/" + order)
                  .withSource(SOURCE)
                  .withId(id(order, i))));
    }
    return fired;
  }

  private static BusinessDatabase.Business place(int order, int told) {
    return connection -> {
      try (var insert = connection.prepareStatement("INSERT INTO orders VALUES (?, ?)")) {
        insert.setInt(1, order);
        insert.setInt(2, told);
        insert.executeUpdate();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    };
  }
}
