package dev.trailcast.benchmark.load;

import java.time.Duration;

/**
 * What is published.
 *
 * @param publishers how many; each waits for an answer before it publishes on
 * @param rate events a second of all publishers together; 0 is as fast as they can
 * @param time for how long
 * @param activities the events
 */
public record Publishing(int publishers, double rate, Duration time, Activities activities) {
  public Publishing {
    if (publishers < 1) {
      throw new IllegalArgumentException("publishers must be at least 1, not " + publishers);
    }
  }

  /** The same with so many events a second. */
  public Publishing paced(double eventsPerSecond) {
    return new Publishing(publishers, eventsPerSecond, time, activities);
  }

  /** The same with other events. */
  public Publishing of(Activities others) {
    return new Publishing(publishers, rate, time, others);
  }

  /** The same for so long. */
  public Publishing lasting(Duration length) {
    return new Publishing(publishers, rate, length, activities);
  }
}
