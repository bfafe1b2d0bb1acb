package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends a server that work with it does not come to an end with. Whatever waits for the server is
 * bounded by itself, and says better what is wrong; this is for what was not thought of. Nothing
 * waits for a process that is gone.
 */
final class Watchdog {
  private static final ScheduledExecutorService THREAD =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "benchmark-watchdog");
            thread.setDaemon(true);
            return thread;
          });

  private Watchdog() {}

  /**
   * Works with a server.
   *
   * @throws IOException if that takes longer than the limit, or the server has ended by itself
   */
  static <T> T watch(RunningServer server, Duration limit, Callable<T> work) throws Exception {
    ScheduledFuture<?> end =
        THREAD.schedule(server::close, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      T result = work.call();
      server.checkRunning();
      return result;
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      if (!end.cancel(false)) {
        throw new IOException("it hung, and was ended after " + limit.toSeconds() + " s", e);
      }
      server.checkRunning(); // that a process has ended explains what has broken
      throw e;
    } finally {
      end.cancel(false);
    }
  }
}
