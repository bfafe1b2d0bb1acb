package dev.trailcast.stream.delivery;

import dev.trailcast.journal.Gap;
import dev.trailcast.measure.CountsBy;
import dev.trailcast.measure.Distribution;
import dev.trailcast.stream.wire.Cargo;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * What readers were given, each of these once for each of them. Counted when it has been written; a
 * write may be many deliveries, and costs some tens of nanoseconds here. Safe for use by many
 * threads.
 *
 * @param frames activities and broadcasts
 * @param delay from when an activity was recorded to when it was written to a live reader: for each
 *     write the oldest in it, by the clock of whoever says when it is recorded
 * @param plainBytes before they are packed
 * @param sentBytes after that
 * @param gaps what readers were told that history can't give any more, in pages, too
 * @param leftOut activities that a reader's rate had no room for
 */
public record Deliveries(
    LongAdder frames,
    Distribution delay,
    LongAdder plainBytes,
    LongAdder sentBytes,
    CountsBy<Gap.Reason> gaps,
    LongAdder leftOut) {
  private static final long NANOS_IN_MILLISECOND = 1_000_000;

  /** None so far. */
  Deliveries() {
    this(
        new LongAdder(),
        Distribution.ofWaits(),
        new LongAdder(),
        new LongAdder(),
        new CountsBy<>(Gap.Reason.class),
        new LongAdder());
  }

  /** This has been written to a reader, as so many bytes. */
  void add(WriteBuffer out, long bytes) {
    Cargo cargo = out.cargo();
    plainBytes.add(out.plainBytes());
    sentBytes.add(bytes);
    if (cargo.frames() > 0) {
      frames.add(cargo.frames());
    }
    if (cargo.oldest() != Cargo.UNTIMED) {
      delay.record((System.currentTimeMillis() - cargo.oldest()) * NANOS_IN_MILLISECOND);
    }
    if (cargo.leftOut() > 0) {
      leftOut.add(cargo.leftOut());
    }
    cargo.forEachGap(gaps::add);
  }
}
