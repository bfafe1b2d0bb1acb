package dev.trailcast.activity;

/**
 * An activity with its one encoding: compact JSON on one line, UTF-8. It is made once, where the
 * activity comes in, and is what is stored and sent. The array is shared and must not be changed.
 */
public record EncodedActivity(Activity activity, byte[] json) {
  /** Encodes {@code activity}. */
  public static EncodedActivity of(Activity activity) {
    return new EncodedActivity(activity, ActivityWriter.write(activity));
  }
}
