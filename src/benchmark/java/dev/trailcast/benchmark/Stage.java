package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Activities;
import dev.trailcast.benchmark.load.Load;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.load.Run;
import dev.trailcast.benchmark.load.Stamp;
import dev.trailcast.benchmark.server.Broker;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import dev.trailcast.benchmark.server.Installation;
import dev.trailcast.benchmark.server.Patience;
import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a scenario plays: its servers, started for it alone and ended behind it. */
final class Stage implements AutoCloseable {
  /** Bytes that only fill: an activity is about 330 bytes with them. */
  private static final int PADDING = 100;

  /** How often a trial may wait for its server, at most, each time until patience is at an end. */
  private static final int WAITS = 8;

  private final Parameters parameters;
  private final Installation installation;
  private final Contenders contenders;
  private final List<RunningServer> servers = new ArrayList<>();
  private final List<Broker> brokers = new ArrayList<>();
  private final Table table = new Table();
  private final List<String> notes = new ArrayList<>();

  Stage(Parameters parameters, Installation installation) {
    this.parameters = parameters;
    this.installation = installation;
    this.contenders = new Contenders(installation);
  }

  Parameters.Size size() {
    return parameters.size();
  }

  Parameters.Pace pace() {
    return parameters.pace();
  }

  /** For how long each side is warmed up. */
  Duration warmUp() {
    return parameters.times().warmUp();
  }

  /** How long the long scenario takes. */
  Duration soak() {
    return parameters.times().soak();
  }

  Contenders contenders() {
    return contenders;
  }

  /** An empty directory. */
  Path directory(String name) throws IOException {
    return installation.emptyDirectory(name);
  }

  /** What has been measured by now. */
  Table table() {
    return table;
  }

  /** What is to be said with the result. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /**
   * Starts a server. A peer may be left out because something is missing, or fail; the results say
   * so.
   *
   * @throws ScenarioFailedException where Trailcast fails
   */
  Optional<RunningServer> start(Contender contender) throws InterruptedException {
    boolean takesPart =
        contender.name().equals(Contenders.TRAILCAST) || parameters.takesPart(contender.name());
    Optional<String> missing =
        takesPart ? contender.missing() : Optional.of("it was not asked for");
    if (missing.isPresent()) {
      table.leaveOut(contender.name(), missing.get());
      note(contender.name() + " is left out: " + missing.get());
      return Optional.empty();
    }
    System.out.println("  starting " + contender.name());
    table.expect(contender.name());
    try {
      RunningServer server = contender.start();
      servers.add(server);
      return Optional.of(server);
    } catch (IOException | RuntimeException e) {
      fail(contender.name(), contender.name(), "to start: " + Reason.of(e), e);
      return Optional.empty();
    }
  }

  /** Starts Trailcast, which is never left out. */
  RunningServer trailcast() throws Exception {
    return start(contenders.trailcast()).orElseThrow();
  }

  /** An Apache Kafka, as long as the stage is there. */
  Broker broker() throws IOException, InterruptedException {
    System.out.println("  starting Apache Kafka");
    Broker broker = contenders.broker();
    brokers.add(broker);
    return broker;
  }

  /** Everything that the parameters' publishers can publish, all alike. */
  Publishing unpaced() {
    return new Publishing(
        size().publishers(),
        0,
        parameters.times().measured(),
        new Activities(new Stamp(PADDING), false));
  }

  /** A side that is published to while everybody reads. */
  static Side live(
      String name, RunningServer server, Readership readership, Publishing publishing) {
    return new Side(name, server, trial(server, readership, publishing));
  }

  /**
   * The same, for a pace at which a virtual machine takes longer to compile what is run than there
   * is time to warm it up.
   */
  static Side workedUp(
      String name, RunningServer server, Readership readership, Publishing publishing) {
    return new Side(
        name,
        server,
        trial(server, readership, publishing.paced(0)),
        trial(server, readership, publishing));
  }

  private static Side.Trial trial(
      RunningServer server, Readership readership, Publishing publishing) {
    return time ->
        Numbers.of(new Run(server, new Load(readership, publishing.lasting(time))).live());
  }

  /**
   * Warms every side up, and measures them in turns. A peer that fails is ended, and left out from
   * then on: it costs nobody else anything.
   *
   * @throws ScenarioFailedException where Trailcast fails
   */
  Table measure(List<Side> sides) throws InterruptedException {
    Parameters.Times times = parameters.times();
    Duration half = times.warmUp().dividedBy(2);
    for (Side side : sides) {
      table.expect(side.name());
      Side.Trial warmUp =
          time -> {
            side.workUp().run(time);
            return side.trial().run(time);
          };
      attempt(side, "warming up", warmUp, half);
    }
    for (int round = 1; round <= times.rounds(); round++) {
      for (Side side : sides) {
        attempt(side, "in round " + round, side.trial(), times.measured())
            .ifPresent(numbers -> table.add(side.name(), numbers));
      }
    }
    return table;
  }

  /** Measures a side that needs no warming up and no rounds. Otherwise as the above. */
  void measureOnce(Side side) throws InterruptedException {
    attempt(side, "when measured", side.trial(), parameters.times().measured())
        .ifPresent(numbers -> table.add(side.name(), numbers));
  }

  private Optional<Numbers> attempt(Side side, String when, Side.Trial trial, Duration time)
      throws InterruptedException {
    if (table.failure(side.name()).isPresent()) {
      return Optional.empty();
    }
    System.out.println("  " + side.name() + " " + when);
    try {
      return Optional.of(run(side, trial, time));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      side.server().close(); // before it takes the processors from the others
      fail(side.name(), side.server().name(), when + ": " + Reason.of(e), e);
      return Optional.empty();
    }
  }

  /** Lets a side work, and expects that its server outlives it. */
  Numbers run(Side side, Side.Trial trial, Duration time) throws Exception {
    Duration limit = time.plus(Patience.LIMIT.multipliedBy(WAITS));
    return Watchdog.watch(side.server(), limit, () -> trial.run(time));
  }

  private void fail(String side, String server, String failure, Exception cause) {
    table.fail(side, failure);
    String who = side.equals(server) ? server : server + " (" + side + ")";
    System.out.println("  " + who + " failed " + failure);
    if (server.equals(Contenders.TRAILCAST)) {
      throw new ScenarioFailedException(who + " failed " + failure, cause);
    }
  }

  @Override
  public void close() {
    servers.forEach(RunningServer::close);
    brokers.forEach(Broker::close);
  }
}
