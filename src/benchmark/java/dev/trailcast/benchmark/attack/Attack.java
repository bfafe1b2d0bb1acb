package dev.trailcast.benchmark.attack;

import java.io.IOException;

/**
 * Something hostile.
 *
 * @param name in the table: what is done
 * @param assault how
 */
record Attack(String name, Assault assault) {
  /** Goes on until the assailant's time is over, or until it has done what it can. */
  interface Assault {
    void strike(Assailant assailant) throws IOException, InterruptedException;
  }
}
