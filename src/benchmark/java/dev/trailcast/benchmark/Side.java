package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.RunningServer;
import java.time.Duration;

/**
 * One of those that are compared with each other.
 *
 * @param name as it stands in the results
 * @param server that works for it
 * @param workUp what it is warmed up with first, before it is with the trial itself
 * @param trial what is done with it in each round
 */
record Side(String name, RunningServer server, Trial workUp, Trial trial) {
  /** One that is warmed up with the trial alone. */
  Side(String name, RunningServer server, Trial trial) {
    this(name, server, trial, trial);
  }

  /** Lets it work for about so long. */
  interface Trial {
    Numbers run(Duration time) throws Exception;
  }
}
