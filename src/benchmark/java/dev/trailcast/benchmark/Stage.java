package dev.trailcast.benchmark;

import dev.trailcast.benchmark.load.Activities;
import dev.trailcast.benchmark.load.Load;
import dev.trailcast.benchmark.load.Publishing;
import dev.trailcast.benchmark.load.Readership;
import dev.trailcast.benchmark.load.Run;
import dev.trailcast.benchmark.load.Stamp;
import dev.trailcast.benchmark.server.Contender;
import dev.trailcast.benchmark.server.Contenders;
import dev.trailcast.benchmark.server.Installation;
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

  private final Parameters parameters;
  private final Installation installation;
  private final Contenders contenders;
  private final List<RunningServer> servers = new ArrayList<>();
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

  /** What is to be said with the result. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  void note(String note) {
    if (!notes.contains(note)) {
      notes.add(note);
    }
  }

  /** Starts a server, or notes why it is left out. */
  Optional<RunningServer> start(Contender contender) throws Exception {
    Optional<String> missing = contender.missing();
    if (missing.isPresent()) {
      note(contender.name() + " is left out: " + missing.get());
      return Optional.empty();
    }
    System.out.println("  starting " + contender.name());
    RunningServer server = contender.start();
    servers.add(server);
    return Optional.of(server);
  }

  /** Starts Trailcast, which is never left out. */
  RunningServer trailcast() throws Exception {
    return start(contenders.trailcast()).orElseThrow();
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
    return new Side(name, trial(server, readership, publishing));
  }

  /**
   * The same, for a pace at which a virtual machine takes longer to compile what is run than there
   * is time to warm it up.
   */
  static Side workedUp(
      String name, RunningServer server, Readership readership, Publishing publishing) {
    return new Side(
        name,
        trial(server, readership, publishing.paced(0)),
        trial(server, readership, publishing));
  }

  private static Side.Trial trial(
      RunningServer server, Readership readership, Publishing publishing) {
    return time ->
        Numbers.of(new Run(server, new Load(readership, publishing.lasting(time))).live());
  }

  /** Warms every side up, and measures them in turns. */
  Table measure(List<Side> sides) throws Exception {
    Parameters.Times times = parameters.times();
    for (Side side : sides) {
      System.out.println("  warming up " + side.name());
      side.workUp().run(times.warmUp().dividedBy(2));
      side.trial().run(times.warmUp().dividedBy(2));
    }
    Table table = new Table();
    for (int round = 1; round <= times.rounds(); round++) {
      for (Side side : sides) {
        System.out.println("  round " + round + ": " + side.name());
        table.add(side.name(), side.trial().run(times.measured()));
      }
    }
    return table;
  }

  @Override
  public void close() {
    servers.forEach(RunningServer::close);
  }
}
