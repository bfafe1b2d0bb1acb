package dev.trailcast.ingest;

import java.time.Duration;

/** Settings in which a test is about one thing, and nothing else is a hindrance. */
public final class TestSettings {
  /** Ten times as much as any of these tests holds. */
  static final IngestSettings.Bodies BODIES =
      new IngestSettings.Bodies(1 << 20, 100, 1 << 24, 10, 10, Duration.ofSeconds(30));

  /** Anybody may bring any number in any time. */
  static final IngestSettings.Rate ANY_RATE = new IngestSettings.Rate(0, 0, Duration.ofSeconds(10));

  private TestSettings() {}

  public static IngestSettings with(int maxActivityBytes, Duration ackTimeout) {
    return new IngestSettings(maxActivityBytes, 64, 1 << 20, ackTimeout, BODIES, ANY_RATE);
  }
}
