package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.HttpConnection;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import dev.trailcast.benchmark.server.Installation;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Attacks Trailcast as it is delivered, one attack after the other, and shows what others felt of
 * each. Ends with 1 where somebody had to wait for longer than is tolerated, where the server died,
 * or where it did not recover.
 */
public final class Attacks {
  /** What somebody waits who is not attacked, at most: so one who is has recovered. */
  private static final Duration WELL = Duration.ofMillis(500);

  private static final Duration RECOVERY = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int ACTORS = 501;
  private static final int BATCH = 5_000;

  private Attacks() {}

  /** As the system properties say. */
  public static void main(String[] arguments) throws Exception {
    Installation installation = Installation.fromSystemProperties();
    Duration time = Duration.ofSeconds(Integer.getInteger("benchmark.attack.seconds"));
    Duration tolerated =
        Duration.ofSeconds(Integer.getInteger("benchmark.attack.tolerated.seconds"));
    String chosen = System.getProperty("benchmark.attacks", "");
    List<Verdict> verdicts = new ArrayList<>();
    Contenders contenders = new Contenders(installation);
    expect(contenders.suppliedProxy());
    RunningServer server = contenders.asDelivered().start();
    RunningServer proxy = contenders.suppliedProxy().start();
    try {
      fill(server, Integer.getInteger("benchmark.attack.kept"));
      for (Attack attack : all()) {
        if (attack.name().contains(chosen)) {
          Verdict verdict = strike(attack, server, contenders.http2Port(), time);
          System.out.println(verdict.row());
          verdicts.add(verdict);
          if (!verdict.alive()) {
            server.close();
            server = contenders.asDelivered().start();
          }
        }
      }
    } finally {
      proxy.close();
      server.close();
    }
    System.out.println();
    System.out.println("On " + installation.platform() + ", heap " + installation.heap() + ":");
    System.out.println(Verdict.HEAD);
    verdicts.forEach(verdict -> System.out.println(verdict.row()));
    // threads of attacks may still hang on a server
    System.exit(verdicts.stream().allMatch(verdict -> verdict.isWithin(tolerated)) ? 0 : 1);
  }

  private static void expect(Contender needed) throws IOException, InterruptedException {
    Optional<String> missing = needed.missing();
    if (missing.isPresent()) {
      throw new IOException(missing.get());
    }
  }

  private static List<Attack> all() {
    return Stream.of(
            HostileBodies.all(),
            HostileSearches.all(),
            HostileReaders.all(),
            HostileConnections.all())
        .flatMap(List::stream)
        .toList();
  }

  private static Verdict strike(Attack attack, RunningServer server, int http2Port, Duration time)
      throws IOException, InterruptedException {
    System.out.println("  " + attack.name());
    try (Witness witness = new Witness(server.port())) {
      Assailant.pause(LOOK);
      witness.begin();
      long logged = logged(server);
      String answers;
      try (Assailant assailant = new Assailant(server.port(), http2Port, time)) {
        attack.assault().strike(assailant);
        answers = assailant.answers();
      }
      long ended = System.nanoTime();
      Experience felt = witness.experience();
      boolean well = isWell(witness);
      while (!well && System.nanoTime() - ended < RECOVERY.toNanos()) {
        felt = felt.or(witness.experience());
        well = isWell(witness);
      }
      Duration healed = Duration.ofNanos(System.nanoTime() - ended).minus(LOOK);
      boolean alive = well && isRunning(server);
      long heap = alive ? server.processes().liveHeapBytes().orElse(0) : 0;
      return new Verdict(
          attack.name(), felt, heap, logged(server) - logged, healed, alive, answers);
    }
  }

  /** Looks for a moment. */
  private static boolean isWell(Witness witness) {
    witness.begin();
    Assailant.pause(LOOK);
    return witness.experience().longest().compareTo(WELL) < 0;
  }

  private static boolean isRunning(RunningServer server) throws InterruptedException {
    try {
      server.checkRunning();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Bytes in all logs of a server, and its incidents. */
  private static long logged(RunningServer server) {
    try (Stream<Path> files = Files.walk(server.log().getParent())) {
      return files
          .filter(file -> file.toString().matches(".*(\\.log|/ffdc/.*)"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has so many activities kept, of many actors. */
  private static void fill(RunningServer server, int kept) throws IOException {
    System.out.println("  recording " + kept + " activities");
    Random random = new Random(1);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      for (int i = 0; i < kept; i += BATCH) {
        StringBuilder lines = new StringBuilder();
        for (int k = 0; k < BATCH; k++) {
          lines
              .append("{\"type\":\"page.viewed\",\"actor\":\"a")
              .append(random.nextInt(ACTORS))
              .append("\",\"subject\":\"pages/")
              .append(random.nextInt(ACTORS))
              .append("\"}\n");
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.US_ASCII);
        HttpConnection.Answer answer =
            connection.exchange(
                HttpConnection.post(
                    server.port(), "/api/activities", "application/x-ndjson", body));
        if (!answer.isSuccess()) {
          throw new IOException("the server answered " + answer);
        }
      }
    }
  }
}
