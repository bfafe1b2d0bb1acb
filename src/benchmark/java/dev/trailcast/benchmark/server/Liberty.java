package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An application on Open Liberty, configured as Trailcast is delivered: so nothing differs but the
 * application.
 */
final class Liberty implements Contender {
  /** Puts an application where the server finds it. */
  interface Deployment {
    void into(Path application) throws IOException;
  }

  private final Installation installation;
  private final Launch launch;
  private final String server;
  private final Deployment deployment;

  /**
   * @param server the name of the server in the installation
   */
  Liberty(Installation installation, Launch launch, String server, Deployment deployment) {
    this.installation = installation;
    this.launch = launch;
    this.server = server;
    this.deployment = deployment;
  }

  @Override
  public String name() {
    return launch.name();
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public RunningServer start() throws IOException, InterruptedException {
    Path directory = installation.liberty().resolve("usr/servers").resolve(server);
    Installation.delete(directory);
    Installation.copy(installation.config(), directory);
    deployment.into(Files.createDirectories(directory.resolve("apps")).resolve("trailcast.war"));
    ProcessBuilder command =
        new ProcessBuilder(installation.liberty().resolve("bin/server").toString(), "run", server);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("HTTP_PORT", Integer.toString(launch.port()));
    return launch.start(command.directory(directory.toFile()), directory.resolve("console.log"));
  }
}
