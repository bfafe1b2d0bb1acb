package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel alone takes: a program in C that writes the same bytes in the same portions, from
 * as many threads, and does nothing else. It is compiled where it runs.
 */
final class Limit implements Contender {
  /** As many as Trailcast has pumps, unless it is told otherwise. */
  private static final String WRITERS = "2";

  private static final String COMPILER = "cc";
  private static final Duration COMPILING = Duration.ofMinutes(1);

  private final Installation installation;
  private final Launch launch;

  Limit(Installation installation, int port, Doors doors) {
    this.installation = installation;
    launch = new Launch(Contenders.LIMIT, port, doors, "/ready");
  }

  @Override
  public String name() {
    return launch.name();
  }

  @Override
  public Optional<String> missing() {
    return Installation.program(COMPILER).isEmpty()
        ? Optional.of("there is no C compiler, " + COMPILER)
        : Optional.empty();
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = installation.emptyDirectory("limit");
    String program = directory.resolve("limit").toString();
    String compiler = Installation.program(COMPILER).orElseThrow().toString();
    String source = installation.limit().source().toString();
    Command.output(COMPILING, List.of(compiler, "-O2", "-pthread", "-o", program, source));
    return launch.start(
        new ProcessBuilder(
            program,
            Integer.toString(launch.port()),
            WRITERS,
            Integer.toString(installation.limit().portion())),
        directory.resolve("console.log"));
  }
}
