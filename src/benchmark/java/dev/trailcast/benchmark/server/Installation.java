package dev.trailcast.benchmark.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the build has made for the benchmark, and what the machine has.
 *
 * @param platform the server that Trailcast, and what comes with such a server, run on
 * @param liberty Open Liberty, unpacked
 * @param payaraMicro its jar
 * @param config the servers' configurations as delivered, a folder each
 * @param war Trailcast
 * @param kafkaWar the same with Kafka's clients
 * @param kafka the jars of Apache Kafka
 * @param limit what the physical limit is made of
 * @param classes of the benchmark
 * @param work a directory for what servers need and say
 * @param firstPort of the ports that may be used
 * @param heap of a Java server at most, as {@code -Xmx} has it; empty leaves that to it
 */
public record Installation(
    Platform platform,
    Path liberty,
    Path payaraMicro,
    Path config,
    Path war,
    Path kafkaWar,
    Path kafka,
    LimitSource limit,
    Path classes,
    Path work,
    int firstPort,
    String heap) {
  /** The servers that Trailcast is delivered for. */
  public enum Platform {
    LIBERTY("Open Liberty"),
    PAYARA("Payara Micro");

    private final String title;

    Platform(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * The physical limit.
   *
   * @param source in C
   * @param portion bytes that it writes at a time, at most
   */
  public record LimitSource(Path source, int portion) {}

  /** As the system properties say. */
  public static Installation fromSystemProperties() {
    return new Installation(
        Platform.valueOf(System.getProperty("benchmark.server").toUpperCase(Locale.ROOT)),
        Path.of(System.getProperty("benchmark.liberty")),
        Path.of(System.getProperty("benchmark.payara")),
        Path.of(System.getProperty("benchmark.config")),
        Path.of(System.getProperty("benchmark.war")),
        Path.of(System.getProperty("benchmark.kafka.war")),
        Path.of(System.getProperty("benchmark.kafka")),
        new LimitSource(
            Path.of(System.getProperty("benchmark.limit")),
            Integer.getInteger("benchmark.limit.portion")),
        Path.of(System.getProperty("benchmark.classes")),
        Path.of(System.getProperty("benchmark.directory")),
        Integer.getInteger("benchmark.port"),
        System.getProperty("benchmark.heap", ""));
  }

  /** An empty directory for a server of this name. */
  public Path emptyDirectory(String name) throws IOException {
    Path directory = work.resolve(name);
    delete(directory);
    return Files.createDirectories(directory);
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Copies what is in an archive into a directory. */
  static void unpack(Path archive, Path to) throws IOException {
    try (FileSystem inside = FileSystems.newFileSystem(archive)) {
      copy(inside.getPath("/"), to);
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** A program of the machine. */
  static Optional<Path> program(String name) {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
