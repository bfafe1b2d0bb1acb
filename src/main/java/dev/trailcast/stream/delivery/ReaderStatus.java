package dev.trailcast.stream.delivery;

import java.time.Instant;
import java.util.Locale;

/**
 * A reader that is here, for administrators.
 *
 * @param id its own among all that have been here since the application began
 * @param user its name; null for nobody
 * @param address where it is; null if it is the application's own
 * @param since when it came
 * @param asked what for
 * @param now how it is getting on
 */
public record ReaderStatus(
    String id, String user, String address, Instant since, Asked asked, Now now) {

  /**
   * How a reader is getting on.
   *
   * @param behind how many places of the journal lie between it and the newest, whether or not
   *     there is something for it
   * @param gzip whether it is sent gzip
   */
  public record Now(State state, long behind, boolean gzip) {}

  /** What a reader does. */
  public enum State {
    /** Where it begins is looked for. */
    SEARCHING,
    /** It waits for something to come. */
    WAITING,
    /** It has everything. */
    LIVE,
    /** It is being sent what lies between it and the newest. */
    CATCHING_UP,
    /** It does not read, or did not: it is served apart from those that do. */
    STALLED;

    /** As clients are told. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
