package dev.trailcast.stream.statistics;

import dev.trailcast.stream.delivery.Feed;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.WriteBuffer;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * What a reader of figures gets: the newest, whenever there are newer ones. Whoever is slow misses
 * those in between.
 */
final class FiguresFeed implements Feed {
  private final Figures figures;
  private final Follower reader;
  private final Outlet outlet;
  private boolean opened;
  private JsonObject told;

  /**
   * @param figures that the reader has joined
   */
  FiguresFeed(Figures figures, Follower reader, Outlet outlet) {
    this.figures = figures;
    this.reader = reader;
    this.outlet = outlet;
  }

  @Override
  public void open(WriteBuffer out) {
    if (!opened) {
      opened = true;
      outlet.opening(out, ControlEvent.position(null, true));
    }
  }

  @Override
  public Progress advance(WriteBuffer out, Frame[] frames) {
    JsonObject newest = figures.newest();
    if (newest != told) {
      told = newest;
      outlet.control(out, ControlEvent.statistics(newest));
    }
    return Progress.AT_HEAD;
  }

  @Override
  public boolean holdsBack() {
    return false;
  }

  @Override
  public long due() {
    throw new IllegalStateException("nothing is held back");
  }

  @Override
  public void releaseAll(WriteBuffer out) {
    // nothing is held back
  }

  @Override
  public void sayWhereItIs(WriteBuffer out, Progress progress, boolean beat) {
    if (beat && out.isEmpty()) {
      outlet.heartbeat(out, new Outlet.Beat(null, false, true, Instant.now()));
    }
  }

  @Override
  public long behind() {
    return 0;
  }

  @Override
  public void end() {
    figures.leave(reader);
  }
}
