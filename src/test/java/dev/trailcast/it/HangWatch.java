package dev.trailcast.it;

import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has the servers that this process has started say what their threads do, where something takes
 * too long that waits for one: whoever gives up on it ends it, and nobody would know why. It is
 * among the reports: {@code hanging-PID.txt}.
 */
final class HangWatch {
  private static final System.Logger LOG = System.getLogger(HangWatch.class.getName());

  /** Half of what an adapter of Arquillian's waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private static final Path REPORTS = Path.of("target/failsafe-reports");

  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);

  /** From now on. */
  HangWatch() {
    thread.schedule(() -> dump(), PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private static void dump() {
    ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("java"))
        .forEach(HangWatch::dump);
  }

  private static void dump(ProcessHandle server) {
    String pid = Long.toString(server.pid());
    File report = REPORTS.resolve("hanging-" + pid + ".txt").toFile();
    LOG.log(Level.WARNING, "A server does not come up; see " + report);
    try {
      new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
              pid,
              "Thread.print",
              "-l")
          .redirectErrorStream(true)
          .redirectOutput(report)
          .start()
          .waitFor(1, TimeUnit.MINUTES);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "It can't be asked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** It has come up, or not. */
  void stop() {
    thread.shutdownNow();
  }
}
