package dev.trailcast.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lets readers in as long as there are not too many. Safe for use by many threads. */
final class Admission {
  /**
   * Whose stream it is.
   *
   * @param address where it goes
   * @param user who is logged in, or null
   */
  record Client(String address, String user) {}

  private final StreamSettings.ReaderLimits limits;

  // guarded by this
  private final Map<String, Integer> byAddress = new HashMap<>();
  private final Map<String, Integer> byUser = new HashMap<>();
  private int all;

  Admission(StreamSettings.ReaderLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes a place for a client, who is to {@link #leave}.
   *
   * @return why there is none
   */
  synchronized Optional<CloseReason> enter(Client client) {
    if (all >= limits.max()) {
      return Optional.of(CloseReason.FULL);
    }
    if (count(byAddress, client.address()) >= limits.maxPerAddress()
        || count(byUser, client.user()) >= limits.maxPerUser()) {
      return Optional.of(CloseReason.LIMITED);
    }
    all++;
    add(byAddress, client.address(), 1);
    add(byUser, client.user(), 1);
    return Optional.empty();
  }

  /** Gives the place back. */
  synchronized void leave(Client client) {
    all--;
    add(byAddress, client.address(), -1);
    add(byUser, client.user(), -1);
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
