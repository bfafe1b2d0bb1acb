package dev.trailcast.benchmark.load;

/**
 * What tells an event from every other in the bytes that arrive: a run of {@code ~}, which is
 * nowhere else in a stream, then its number. The run is the padding of the event as well.
 *
 * @param run how many {@code ~}
 */
public record Stamp(int run) {
  static final byte MARK = '~';
  static final int DIGITS = 10;

  public Stamp {
    if (run < Long.BYTES) {
      throw new IllegalArgumentException("run must be at least " + Long.BYTES + ", not " + run);
    }
  }

  /** The text that is to be in the event, not escaped. */
  public String of(int number) {
    String digits = Integer.toString(number);
    return "~".repeat(run) + "0".repeat(DIGITS - digits.length()) + digits;
  }
}
