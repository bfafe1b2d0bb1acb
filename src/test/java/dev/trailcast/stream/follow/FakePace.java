package dev.trailcast.stream.follow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes at once for whoever waits. */
final class FakePace implements Pace {
  /** What happens while somebody waits. */
  interface Meanwhile {
    void happens() throws Exception;
  }

  private final List<Duration> pauses = new ArrayList<>();
  private Meanwhile meanwhile = () -> {};
  private long now;

  /** Time passes otherwise. */
  void pass(Duration time) {
    now += time.toNanos();
  }

  void meanwhile(Meanwhile happening) {
    meanwhile = happening;
  }

  /** How long was waited, one after the other. */
  List<Duration> pauses() {
    return pauses;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void await(Object monitor, long nanos) {
    pauses.add(Duration.ofNanos(nanos));
    now += nanos;
    try {
      meanwhile.happens();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
