package dev.trailcast.container;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * A step that is taken again and again, whatever goes wrong in it: an Error, such as memory that
 * runs out, ends the step and never in silence what takes it. (A thread would end, and an executor
 * does nothing more of a scheduled task that has thrown.) What goes wrong is logged, once as long
 * as it goes wrong. For one thread at a time.
 */
public final class Enduring implements Runnable {
  private final Logger logger;
  private final String problem;
  private final Runnable step;

  // only the thread that takes the step
  private boolean failing;

  /**
   * @param problem what is logged if it fails
   */
  public Enduring(Logger logger, String problem, Runnable step) {
    this.logger = logger;
    this.problem = problem;
    this.step = step;
  }

  @Override
  public void run() {
    try {
      step.run();
      failing = false;
    } catch (Throwable e) {
      if (!failing) {
        failing = true;
        log(logger, Level.ERROR, problem, e);
      }
    }
  }

  /** Logs, or is silent where even that fails, for which memory may be too short. */
  public static void log(Logger logger, Level level, String problem, Throwable e) {
    try {
      logger.log(level, problem, e);
    } catch (Throwable untold) {
      e.addSuppressed(untold);
    }
  }
}
