package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Patience;
import java.io.IOException;
import java.util.Locale;

/** A server has not come to all of its readers in time. */
final class TooFewReaders extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param some of them to whom it has come
   * @param what has become of those
   */
  TooFewReaders(long some, int all, String what) {
    super(
        String.format(
            Locale.ROOT,
            "%,d of %,d readers were %s within %s",
            some,
            all,
            what,
            Patience.toText()));
  }
}
