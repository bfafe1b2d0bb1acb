package dev.trailcast.benchmark.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An application on a Jakarta EE server, which is configured as Trailcast is delivered: so nothing
 * differs but the application.
 */
final class ApplicationServer implements Contender {
  /** Puts an application where the server finds it: an archive, or the directory of one. */
  interface Deployment {
    void into(Path application) throws IOException;
  }

  private static final String APPLICATION = "trailcast.war";
  private static final String CONSOLE = "console.log";

  private final Installation installation;
  private final Launch launch;
  private final String server;
  private final Deployment deployment;
  private final Map<String, String> environment;

  /**
   * @param server the name of the server
   * @param environment variables for its process
   */
  ApplicationServer(
      Installation installation,
      Launch launch,
      String server,
      Deployment deployment,
      Map<String, String> environment) {
    this.installation = installation;
    this.launch = launch;
    this.server = server;
    this.deployment = deployment;
    this.environment = environment;
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
    return switch (installation.platform()) {
      case LIBERTY -> startLiberty();
      case PAYARA -> startPayara();
    };
  }

  private RunningServer startLiberty() throws IOException, InterruptedException {
    Path directory = installation.liberty().resolve("usr/servers").resolve(server);
    Installation.delete(directory);
    Installation.copy(installation.config().resolve("liberty"), directory);
    deployment.into(Files.createDirectories(directory.resolve("apps")).resolve(APPLICATION));
    ProcessBuilder command =
        new ProcessBuilder(installation.liberty().resolve("bin/server").toString(), "run", server);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("HTTP_PORT", Integer.toString(launch.port()));
    prepare(command);
    return launch.start(command.directory(directory.toFile()), directory.resolve(CONSOLE));
  }

  private RunningServer startPayara() throws IOException, InterruptedException {
    Path directory = installation.emptyDirectory(server);
    Path application = directory.resolve(APPLICATION);
    deployment.into(application);
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            installation.payaraMicro().toString(),
            "--nocluster",
            "--port",
            Integer.toString(launch.port()),
            "--rootdir",
            directory.resolve("root").toString(),
            "--prebootcommandfile",
            installation.config().resolve("payara/trailcast.asadmin").toString(),
            "--contextroot",
            "/",
            "--deploy",
            application.toString());
    prepare(command);
    return launch.start(command.directory(directory.toFile()), directory.resolve(CONSOLE));
  }

  /** Also bounds its heap, where that is asked for. */
  private void prepare(ProcessBuilder command) {
    command.environment().put("TRAILCAST_ACCESS_PUBLISH", "anyone");
    command.environment().put("TRAILCAST_ACCESS_SUBSCRIBE", "anyone");
    command.environment().putAll(environment);
    if (!installation.heap().isEmpty()) {
      command.environment().put("JDK_JAVA_OPTIONS", "-Xmx" + installation.heap());
    }
  }
}
