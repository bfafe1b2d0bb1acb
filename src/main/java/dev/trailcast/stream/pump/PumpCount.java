package dev.trailcast.stream.pump;

/**
 * Which threads write.
 *
 * @param pumps how many serve the readers that never stalled
 * @param stalled how many at most serve those that did
 */
public record PumpCount(int pumps, int stalled) {
  public PumpCount {
    if (pumps < 1) {
      throw new IllegalArgumentException("pumps must be at least 1, not " + pumps);
    }
    if (stalled < 1) {
      throw new IllegalArgumentException("stalled must be at least 1, not " + stalled);
    }
  }
}
