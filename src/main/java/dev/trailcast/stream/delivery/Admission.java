package dev.trailcast.stream.delivery;

import dev.trailcast.security.Caller;
import dev.trailcast.stream.wire.CloseReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lets readers in as long as there are not too many. Safe for use by many threads. */
final class Admission {
  private static final System.Logger LOG = System.getLogger(Admission.class.getName());

  private final DeliverySettings.ReaderLimits limits;

  // guarded by this
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final Map<String, Integer> byUser = new HashMap<>();
  private int all;
  private boolean told;

  Admission(DeliverySettings.ReaderLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes a place for somebody who is to {@link #leave}.
   *
   * @return why there is none
   */
  synchronized Optional<CloseReason> enter(Caller caller) {
    if (all >= limits.max()) {
      return Optional.of(CloseReason.FULL);
    }
    if (count(byAddress, caller.network()) >= limits.maxPerAddress()) {
      tellOfTheAddress(caller.network());
      return Optional.of(CloseReason.LIMITED);
    }
    if (count(byUser, caller.name()) >= limits.maxPerUser()) {
      return Optional.of(CloseReason.LIMITED);
    }
    all++;
    add(byAddress, caller.network(), 1);
    add(byUser, caller.name(), 1);
    return Optional.empty();
  }

  /** Once: behind a proxy it is the first that one sees of a limit that is wrong there. */
  private void tellOfTheAddress(String address) {
    if (!told) {
      told = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "TRAIL0411W: Readers from {0} are turned away: {1} are here from there already. If that is a proxy,"
              + " set trailcast.stream.readers.max-per-address to as many as"
              + " trailcast.stream.readers.max. (This is said once.)",
          address,
          limits.maxPerAddress());
    }
  }

  /** How much of the room is taken, from 0 to 1. */
  synchronized double filling() {
    return (double) all / limits.max();
  }

  /** Gives the place back. */
  synchronized void leave(Caller caller) {
    all--;
    add(byAddress, caller.network(), -1);
    add(byUser, caller.name(), -1);
  }

  private static int count(Map<String, Integer> counts, String key) {
    return key == null ? 0 : counts.getOrDefault(key, 0);
  }

  private static void add(Map<String, Integer> counts, String key, int difference) {
    if (key != null) {
      counts.merge(key, difference, (had, more) -> had + more == 0 ? null : had + more);
    }
  }
}
