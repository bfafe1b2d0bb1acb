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
    Path install(String name) throws IOException {
      Path directory = home.resolve("usr/servers").resolve(name);
      Path config = Path.of(System.getProperty("server.config"));
      try (Stream<Path> files = Files.walk(config)) {
        for (Path file : files.toList()) {
          Path copy = directory.resolve(config.relativize(file));
          Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
          if (Files.isRegularFile(file)) {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
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
    Path install(String name) throws IOException {
      Path directory = micro.resolveSibling("servers").resolve(name);
      delete(directory); // it keeps what was deployed, and deploys it anew when it starts again
      Files.createDirectories(directory);
      copyWar(directory.resolve("trailcast.war"));
      return directory;
    }

    @Override
    List<String> command(Path directory, int port) {
      return List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
  };

  /** The one that these tests run on. */
  public static Platform current() {
    return valueOf(System.getProperty("arquillian.launch").toUpperCase(Locale.ROOT));
  }

  /** Makes a server of this name, anew or over one that is stopped, and returns its directory. */
  abstract Path install(String name) throws IOException;

  /** What runs it in the foreground; Open Liberty takes the port from the environment. */
  abstract List<String> command(Path directory, int port);

  /** What stands in its log when all has been started that can be. */
  public abstract String saysWhenUp();

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
