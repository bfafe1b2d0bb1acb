package dev.trailcast.stream.pump;

import dev.trailcast.settings.SettingException;

/**
 * Which threads write.
 *
 * @param pumps how many serve the readers that never stalled
 * @param stalled how many at most serve those that did
 */
public record PumpCount(int pumps, int stalled) {
  public PumpCount {
    if (pumps < 1) {
      throw new SettingException("pumps", "at least 1", pumps);
    }
    if (stalled < 1) {
      throw new SettingException("stalled", "at least 1", stalled);
    }
  }
}
