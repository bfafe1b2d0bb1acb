package dev.trailcast.stream.delivery;

import dev.trailcast.settings.SettingException;
import java.time.Duration;

/**
 * How readers are served.
 *
 * @param wire what goes over each connection
 * @param drain how readers are let go when the application ends
 * @param readers how many there may be at a time
 */
public record DeliverySettings(Wire wire, Drain drain, ReaderLimits readers) {

  /**
   * What goes over each connection.
   *
   * @param heartbeat the longest silence
   * @param retry after how long a client shall come back; each connection is told a time between
   *     half and one and a half of it
   * @param gzip whether readers that accept it get their stream as gzip
   * @param maximumLife after how long the stream of a user who is logged in ends, so that it is
   *     asked anew who that is
   */
  public record Wire(Duration heartbeat, Duration retry, boolean gzip, Duration maximumLife) {
    public Wire {
      atLeast("heartbeat", heartbeat, Duration.ofSeconds(1));
      atLeast("retry", retry, Duration.ofMillis(200));
      atLeast("maximumLife", maximumLife, Duration.ofSeconds(1));
    }
  }

  /**
   * How readers are let go when the application ends.
   *
   * @param timeout how long they may take to get what they have not been sent
   * @param retry when they shall come back: each is told a time between this and twice as much. It
   *     is to outlast the time in which the server has nobody to answer
   */
  public record Drain(Duration timeout, Duration retry) {
    public Drain {
      atLeast("timeout", timeout, Duration.ZERO);
      atLeast("retry", retry, Duration.ZERO);
    }
  }

  /**
   * How many readers there may be at a time.
   *
   * @param max in all
   * @param maxPerAddress from one address, which behind a proxy is the proxy's
   * @param maxPerUser of one user who is logged in
   */
  public record ReaderLimits(int max, int maxPerAddress, int maxPerUser) {
    public ReaderLimits {
      atLeast("max", max, 1);
      atLeast("maxPerAddress", maxPerAddress, 1);
      atLeast("maxPerUser", maxPerUser, 1);
    }
  }

  private static <T extends Comparable<T>> void atLeast(String name, T value, T least) {
    if (value.compareTo(least) < 0) {
      throw new SettingException(name, "at least " + least, value);
    }
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new SettingException(name, "at least " + least, value);
    }
  }
}
