package dev.trailcast.stream.delivery;

import dev.trailcast.measure.CountsBy;
import dev.trailcast.measure.Distribution;
import dev.trailcast.stream.wire.CloseReason;
import java.util.concurrent.atomic.LongAdder;

/**
 * Who has come, how that went, and why they are here no more. Safe for use by many threads.
 *
 * @param opened streams that have begun, by where their readers came in
 * @param ended streams that have ended, and why
 * @param refused who was turned away, and why
 * @param stay how long streams were there that have ended
 * @param opening from when somebody asked for a stream to when the first byte was written
 * @param resumed streams of readers that had been here before
 * @param resumedBehind how many places of the journal lay before each of those
 * @param reconnection from when each of those asked to when it had all that there was
 * @param replays streams that began with what was recorded before, and there was some
 */
public record Visits(
    CountsBy<Asked.Door> opened,
    CountsBy<CloseReason> ended,
    CountsBy<CloseReason> refused,
    Distribution stay,
    Distribution opening,
    LongAdder resumed,
    Distribution resumedBehind,
    Distribution reconnection,
    LongAdder replays) {
  /** Nobody has come. */
  Visits() {
    this(
        new CountsBy<>(Asked.Door.class),
        new CountsBy<>(CloseReason.class),
        new CountsBy<>(CloseReason.class),
        Distribution.ofStays(),
        Distribution.ofWaits(),
        new LongAdder(),
        Distribution.ofNumbers(),
        Distribution.ofWaits(),
        new LongAdder());
  }
}
