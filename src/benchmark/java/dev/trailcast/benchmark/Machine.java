package dev.trailcast.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What it was measured on. */
record Machine(String processor, int cores, double memoryGib, String system, String java) {
  static Machine here() {
    return new Machine(
        line("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(line("/proc/meminfo", "MemTotal").replaceAll("\\D", ""))
            / (double) (1 << 20),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version").split("-", 2)[0], // not who has built it
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
  }

  private static String line(String file, String name) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s, %d cores, %.0f GiB, %s, %s", processor, cores, memoryGib, system, java);
  }
}
