package dev.trailcast.security;

/** Whether a token is good can't be found out now: its issuer's keys are out of reach. */
public final class KeysUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException() {
    super("The keys by which tokens are verified are out of reach.");
  }
}
