package dev.trailcast.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The servers that Trailcast is delivered for: how one is made, with the WAR, and started. */
public enum Platform {
  LIBERTY {
    private final Path home = Path.of(System.getProperty("liberty.home"));

    @Override
    Path install(String name, int port) throws IOException {
      Path directory = home.resolve("usr/servers").resolve(name);
      copy(Path.of(System.getProperty("server.config")), directory);
      copyWar(Files.createDirectories(directory.resolve("apps")).resolve("trailcast.war"));
      return directory;
    }

    @Override
    List<String> command(Path directory, int port) {
      return List.of(
          home.resolve("bin/server").toString(), "run", directory.getFileName().toString());
    }

    @Override
    public String saysWhenUp() {
      return "CWWKF0011I";
    }
  },

  PAYARA {
    private final Path micro = Path.of(System.getProperty("payara.micro"));

    @Override
    Path install(String name, int port) throws IOException {
      Path directory = micro.resolveSibling("servers").resolve(name);
      delete(directory); // it keeps what was deployed, and deploys it anew when it starts again
      Files.createDirectories(directory);
      copyWar(directory.resolve("trailcast.war"));
      return directory;
    }

    @Override
    List<String> command(Path directory, int port) {
      return List.of(
          java(),
          "--enable-native-access=ALL-UNNAMED",
          "-jar",
          micro.toString(),
          "--nocluster",
          "--port",
          Integer.toString(port),
          "--rootdir",
          directory.resolve("root").toString(),
          "--prebootcommandfile",
          Path.of(System.getProperty("server.config"), "trailcast.asadmin").toString(),
          "--contextroot",
          "/",
          "--deploy",
          directory.resolve("trailcast.war").toString());
    }

    @Override
    public String saysWhenUp() {
      return "Payara Micro URLs";
    }
  },

  PAYARA_SERVER {
    private static final String PORTS = "ports.asadmin";
    private static final String DEPLOYMENT = "deployment.asadmin";

    private final Path home = Path.of(System.getProperty("payara.server"));

    @Override
    Path install(String name, int port) throws IOException {
      Path domains = home.resolve("glassfish/domains");
      Path directory = domains.resolve(name);
      delete(directory);
      copy(domains.resolve("trailcast"), directory); // configured by the build
      Path war = directory.resolve("trailcast.war");
      copyWar(war);
      Files.write(
          directory.resolve(PORTS),
          List.of(setPort("http-listener-1", port), setPort("admin-listener", port + 2)));
      Files.writeString(directory.resolve(DEPLOYMENT), "deploy --contextroot / " + war);
      return directory;
    }

    private String setPort(String listener, int port) {
      return "set configs.config.server-config.network-config.network-listeners.network-listener.%s.port=%d"
          .formatted(listener, port);
    }

    @Override
    List<String> command(Path directory, int port) {
      return List.of(
          java(),
          "-jar",
          home.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
          "start-domain",
          "--verbose",
          "--prebootcommandfile",
          directory.resolve(PORTS).toString(),
          "--postbootcommandfile",
          directory.resolve(DEPLOYMENT).toString(), // refused another time: it is there
          directory.getFileName().toString());
    }

    @Override
    public String saysWhenUp() {
      return "Boot Command deploy ";
    }
  };

  /** The one that these tests run on. */
  public static Platform current() {
    return valueOf(
        System.getProperty("arquillian.launch").toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Makes a server of this name, anew or over one that is stopped, and returns its directory.
   *
   * @param port Payara Server's own; the others learn it when they start
   */
  abstract Path install(String name, int port) throws IOException;

  /** What runs it in the foreground; Open Liberty takes the port from the environment. */
  abstract List<String> command(Path directory, int port);

  /** What stands in its log when all has been started that can be. */
  public abstract String saysWhenUp();

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file));
        Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void copyWar(Path to) throws IOException {
    Files.copy(
        Path.of(System.getProperty("trailcast.war")), to, StandardCopyOption.REPLACE_EXISTING);
  }
}
