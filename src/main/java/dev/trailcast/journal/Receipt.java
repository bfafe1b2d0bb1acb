package dev.trailcast.journal;

/**
 * What the journal answers for an activity once it is durable.
 *
 * @param position where the entry with this id and source stands
 * @param outcome whose entry that is
 */
public record Receipt(StreamPosition position, Outcome outcome) {
  /** What has become of an activity. */
  public enum Outcome {
    /** It has been recorded. */
    RECORDED,
    /** It had been recorded before. */
    DUPLICATE,
    /** It is not recorded: something else had been, with its id and source. */
    CONFLICT
  }
}
