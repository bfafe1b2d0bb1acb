package dev.trailcast.activity;

/** An activity that its sender may not record. */
public final class ForbiddenActivityException extends InvalidActivityException {
  private static final long serialVersionUID = 1L;

  /** The sender's right to record does not go so far. */
  public ForbiddenActivityException() {
    super(
        null,
        "the activity must be one that you may record; your right is bounded to others, by type,"
            + " actor, source or subject");
  }
}
