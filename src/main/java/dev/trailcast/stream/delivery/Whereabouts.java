package dev.trailcast.stream.delivery;

import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.trail.Horizon;
import dev.trailcast.stream.trail.Lag;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.WriteBuffer;
import java.time.Instant;

/**
 * What a reader is told of where it is, and whether it is live: as its stream begins, with each
 * activity, and now and then if that has moved unseen, as far as its {@link Horizon} goes.
 *
 * <p>For the one thread that serves the reader.
 */
final class Whereabouts {
  // fixed at birth
  private final StreamPosition start;
  private final Horizon horizon;
  private final Lag lag;

  private long told;
  private boolean saidLive;

  /**
   * @param start of which the reader may be told
   * @param lag of the tail that it follows
   */
  Whereabouts(StreamPosition start, Horizon horizon, Lag lag) {
    this.start = start;
    this.horizon = horizon;
    this.lag = lag;
    this.told = start.offset();
  }

  /** The last place that it was told, or that it brought. */
  StreamPosition told() {
    return told == start.offset() ? start : horizon.at(told);
  }

  /** It is told by what it is sent. */
  void tell(long offset) {
    told = offset;
  }

  /**
   * What its stream begins with.
   *
   * @param atHead whether nothing is left for it
   */
  ControlEvent opening(boolean atHead) {
    boolean nothingToSee = atHead || horizon.now().offset() <= start.offset();
    saidLive = nothingToSee && lag.isAllowed();
    return ControlEvent.position(start, saidLive);
  }

  /**
   * Says that it is live, once; and at a heartbeat where it is, if that has moved unseen, or that
   * it is no longer live: a tail that stands still lets readers be silent.
   *
   * @param offset up to which it has had everything
   * @param atHead whether nothing is left for it
   * @param beat whether a heartbeat is due
   */
  void say(Outlet outlet, WriteBuffer out, long offset, boolean atHead, boolean beat) {
    if (saidLive && !beat) {
      return;
    }
    boolean follows = lag.isAllowed();
    boolean live = atHead && follows;
    if (saidLive ? !follows : live) {
      saidLive = live;
      moveTo(offset);
      outlet.control(out, ControlEvent.position(told(), live));
    } else if (beat && out.isEmpty()) {
      boolean moved = moveTo(offset);
      outlet.heartbeat(out, new Outlet.Beat(told(), moved, live, Instant.now()));
    }
  }

  private boolean moveTo(long offset) {
    long before = told;
    if (offset > told) {
      told = Math.max(told, horizon.upTo(offset).offset());
    }
    return told != before;
  }
}
