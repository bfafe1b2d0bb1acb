package dev.trailcast.it;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Ends what tests have started: only once it is gone are its ports and locks free for the next. */
public final class Processes {
  private static final int PATIENCE_SECONDS = 60;

  private Processes() {}

  /** SIGKILL, after which it is not there any more; what it has said can still be read. */
  public static void kill(Process process) {
    kill(List.of(process.toHandle()));
  }

  /** SIGKILL, after which none of them is there any more. */
  public static void kill(Collection<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(processes);
  }

  /** Waits for those that have been told to end. */
  public static void awaitEnd(Collection<ProcessHandle> processes) {
    for (ProcessHandle each : processes) {
      try {
        each.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      } catch (CompletionException e) {
        throw new AssertionError("does not end: " + each.info(), e);
      }
    }
  }
}
