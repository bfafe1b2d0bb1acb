package dev.trailcast.activity;

/** An activity whose id and source are those of another that was recorded before. */
public final class ConflictingActivityException extends InvalidActivityException {
  private static final long serialVersionUID = 1L;

  /** Something else was recorded with its id and source. */
  public ConflictingActivityException() {
    super(
        "id",
        "id was recorded before, from the same source, with another type, actor, subject, audience"
            + " or data");
  }
}
