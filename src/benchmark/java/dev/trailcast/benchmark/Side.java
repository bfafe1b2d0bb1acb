package dev.trailcast.benchmark;

import java.time.Duration;

/**
 * One of those that are compared with each other.
 *
 * @param name as it stands in the results
 * @param trial what is done with it in each round
 */
record Side(String name, Trial trial) {
  /** Lets it work for about so long. */
  interface Trial {
    Numbers run(Duration time) throws Exception;
  }
}
