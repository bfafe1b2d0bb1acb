package dev.trailcast.journal;

import java.util.Locale;

/**
 * What a reader asked for and history can't give, so that it is announced and never skipped in
 * silence.
 *
 * @param requested the position it asked to go on from, as it was given
 * @param resumed where it goes on instead
 */
public record Gap(Reason reason, String requested, StreamPosition resumed) {
  private static final int LONGEST_REQUESTED = 128;

  public enum Reason {
    /** Retention has taken what lay there. */
    EXPIRED,
    /** No position of this journal: another one's, one from before a reset, or none at all. */
    UNKNOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Gap {
    if (requested.length() > LONGEST_REQUESTED) { // from outside: not all of it needs to come back
      requested = requested.substring(0, LONGEST_REQUESTED);
    }
  }
}
