package dev.trailcast.ingest;

import dev.trailcast.activity.RawJson;
import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * What is let in.
 *
 * @param maxActivityBytes how large an activity may be in its encoded form
 * @param maxDepth how many arrays and objects may lie inside each other in its data
 * @param maxTransactionBytes how large the activities of one transaction may be together, encoded:
 *     they are held until it has committed
 * @param ackTimeout how long whoever brings activities waits for them to be durable
 * @param bodies what is let in over HTTP
 * @param rate how much each caller may bring over HTTP in a time
 */
public record IngestSettings(
    int maxActivityBytes,
    int maxDepth,
    int maxTransactionBytes,
    Duration ackTimeout,
    Bodies bodies,
    Rate rate) {
  private static final int MOST_ACTIVITY_BYTES = 16 * 1024 * 1024;
  private static final int MOST_BODY_BYTES = 1024 * 1024 * 1024;

  /**
   * How many times larger an activity may be as it is sent than encoded: indented, or with all of
   * its letters as escapes where they need two bytes or three.
   */
  private static final int SENT_FACTOR = 4;

  /**
   * @throws SettingException naming what is out of its bounds, and these
   */
  public IngestSettings {
    within("maxActivityBytes", maxActivityBytes, 1, MOST_ACTIVITY_BYTES);
    within("maxDepth", maxDepth, 0, RawJson.DEEPEST);
    within("maxBodyBytes", bodies.maxBodyBytes, maxActivityBytes, MOST_BODY_BYTES);
    within("maxTransactionBytes", maxTransactionBytes, maxActivityBytes, MOST_BODY_BYTES);
    int largest = Math.max(bodies.maxBodyBytes, SENT_FACTOR * maxActivityBytes + 1);
    // an address gets as much as it leaves free
    within("maxHeldBytes", bodies.maxHeldBytes, 2 * largest, Long.MAX_VALUE);
    positive("ackTimeout", ackTimeout);
  }

  /**
   * What is let in over HTTP.
   *
   * @param maxBodyBytes how large a body may be that is an array, unpacked
   * @param maxBodyActivities how many there may be in an array
   * @param maxHeldBytes how much of all bodies together may be in memory; of those of an address no
   *     more than they leave free
   * @param maxBodiesAtOnce how many bodies of one activity or an array are served at a time; each
   *     takes a thread of the server's while it is read and waits for the disk
   * @param maxLinesAtOnce the same of lines, which may go on for ever
   * @param bodyTimeout within what time a body must have arrived that is no lines
   */
  public record Bodies(
      int maxBodyBytes,
      int maxBodyActivities,
      long maxHeldBytes,
      int maxBodiesAtOnce,
      int maxLinesAtOnce,
      Duration bodyTimeout) {

    /**
     * @throws SettingException naming what is out of its bounds, and these
     */
    public Bodies {
      within("maxBodyActivities", maxBodyActivities, 1, Integer.MAX_VALUE);
      within("maxBodiesAtOnce", maxBodiesAtOnce, 1, Integer.MAX_VALUE);
      within("maxLinesAtOnce", maxLinesAtOnce, 1, Integer.MAX_VALUE);
      positive("bodyTimeout", bodyTimeout);
    }
  }

  /**
   * How much each caller may bring over HTTP in a time.
   *
   * @param activities how many a second, or 0 for any number
   * @param bytes how many of them a second, as they are sent, unpacked; or 0 for any number
   * @param burst of how long a time as much may come at once
   */
  public record Rate(long activities, long bytes, Duration burst) {
    private static final long MOST = 1_000_000_000_000L;
    private static final Duration LONGEST_BURST = Duration.ofDays(1);

    /**
     * @throws SettingException naming what is out of its bounds, and these
     */
    public Rate {
      within("activities", activities, 0, MOST);
      within("bytes", bytes, 0, MOST);
      if (burst.isNegative() || burst.isZero() || burst.compareTo(LONGEST_BURST) > 0) {
        throw new SettingException("burst", "positive, and " + LONGEST_BURST + " at most", burst);
      }
    }
  }

  /** How many bytes an activity may have as it is sent, for it to be read at all. */
  public int maxSentBytes() {
    return SENT_FACTOR * maxActivityBytes;
  }

  private static void within(String component, long value, long least, long most) {
    if (value < least || value > most) {
      throw new SettingException(component, "between " + least + " and " + most, value);
    }
  }

  private static void positive(String component, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new SettingException(component, "positive", value);
    }
  }
}
