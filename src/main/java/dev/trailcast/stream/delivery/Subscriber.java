package dev.trailcast.stream.delivery;

import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.pump.Turn;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Connection;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.RetryDelay;
import dev.trailcast.stream.wire.WriteBuffer;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One reader: a feed, and an outlet. It is idle until something wakes it; then a pump takes its
 * turn and writes what the feed has, piece by piece, until there is nothing more. Nothing is queued
 * for it meanwhile.
 *
 * <p>Any thread may wake it, send to it or close it. Only the pump that has its turn serves it, so
 * one thread at a time writes.
 */
public final class Subscriber implements Follower, SseEventSink, Turn.Work, Seat.Stay {
  private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

  /** A reader whose write fails after so long did not leave: it did not read. */
  private static final long SLOW_NANOS = 500_000_000;

  /** Hears how it is getting on, on the thread that serves it. */
  interface Listener {
    /**
     * Something has been written.
     *
     * @param out what
     * @param bytes how many, packed if they are
     */
    default void wrote(WriteBuffer out, long bytes) {}

    /** It has got all that there was, for the first time. */
    default void caughtUp() {}

    /**
     * Its stream has ended.
     *
     * @param cause what went wrong, or null
     */
    void ended(Subscriber reader, CloseReason reason, Throwable cause);
  }

  // fixed at birth
  private final Turn turn;
  private final Outlet outlet;
  private final RetryDelay retry;
  private final Listener listener;

  // safe by themselves
  private final AtomicReference<CloseReason> closing = new AtomicReference<>();
  private final Outbox outbox = new Outbox();
  private volatile boolean heartbeatDue;
  private volatile long lastWrite = System.nanoTime();

  // fixed at birth, too; used by the thread that serves it
  private final Feed feed;

  // only that thread; seen by others when its turn is over
  private Feed.Progress progress = Feed.Progress.MORE;
  private boolean caughtUp;

  /**
   * With a feed from here on, but nothing is written before it is {@link #start started}.
   *
   * @param retry says when it shall come back
   */
  Subscriber(Pumps pumps, Feed.Beginning feed, Outlet outlet, RetryDelay retry, Listener listener) {
    this.turn = pumps.turn(this);
    this.outlet = outlet;
    this.retry = retry;
    this.listener = listener;
    this.feed = feed.begin(this); // last: it may be woken already
  }

  /** Begins to serve it, once. */
  void start() {
    turn.begin();
  }

  /** When it is its turn among the others. */
  Turn turn() {
    return turn;
  }

  /** There is something to do for it. Costs next to nothing where it is known already. */
  @Override
  public void wake() {
    turn.wake();
  }

  /** Whether it is served apart from those that keep up, by threads that may wait. */
  boolean isApart() {
    return turn.isApart();
  }

  Connection connection() {
    return outlet.connection();
  }

  /** Whether it follows the trail, and not something else that is told. */
  boolean followsTheTrail() {
    return feed instanceof TrailFeed;
  }

  /** Wakes it for a heartbeat if nothing was written to it for so long. */
  void beat(long now, long silenceNanos) {
    if (now - lastWrite >= silenceNanos) {
      heartbeatDue = true;
      wake();
    }
  }

  @Override
  public void end(CloseReason reason) {
    close(reason);
  }

  /** As far as one can see without disturbing the thread that serves it. */
  @Override
  public ReaderStatus.Now now() {
    boolean live = turn.isIdle() && progress == Feed.Progress.AT_HEAD;
    ReaderStatus.State state = live ? ReaderStatus.State.LIVE : ReaderStatus.State.CATCHING_UP;
    if (turn.isStalled() && connection() != null) { // a sink of the runtime's is always apart
      state = ReaderStatus.State.STALLED;
    }
    return new ReaderStatus.Now(state, live ? 0 : feed.behind(), outlet.packedFormat() != null);
  }

  /** Ends the stream as soon as nothing is under way on it. */
  void close(CloseReason reason) {
    if (closing.compareAndSet(null, reason)) {
      wake();
    }
  }

  /** Ends the stream, also one that was to get the rest first: there is no way to the rest. */
  void giveUp(CloseReason reason) {
    closing.set(reason);
    wake();
  }

  @Override
  public void close() {
    close(CloseReason.CLOSED);
  }

  @Override
  public boolean isClosed() {
    return closing.get() != null || turn.hasEnded();
  }

  /** Sends an event to this reader alone; it is not recorded and has no id. */
  @Override
  public CompletionStage<?> send(OutboundSseEvent event) {
    if (isClosed()) {
      throw new IllegalStateException("The stream is closed");
    }
    CompletionStage<?> stage = outbox.add(event);
    wake();
    if (turn.hasEnded()) { // meanwhile: nobody else looks into the outbox any more
      failWaiting();
    }
    return stage;
  }

  @Override
  public long lastWrite() {
    return lastWrite;
  }

  @Override
  public Turn.Next serve(WriteBuffer out, Frame[] frames, long now) {
    out.clear(turn.isTrusted() ? WriteBuffer.FULL : WriteBuffer.FIRST);
    // whoever woke it until now, woke it for this
    List<Outbox.Sending> sent = outbox.takeAll();
    CloseReason reason = closing.get();
    try {
      progress = write(out, frames, sent, reason);
      if (!out.isEmpty()) {
        lastWrite = now;
        listener.wrote(out, outlet.flush(out));
      }
      if (!caughtUp && reason == null && progress == Feed.Progress.AT_HEAD) {
        caughtUp = true;
        listener.caughtUp();
      }
      for (Outbox.Sending sending : sent) {
        sending.stage().complete(null);
      }
    } catch (IOException | RuntimeException | Error e) { // nobody else would end it
      for (Outbox.Sending sending : sent) {
        sending.stage().completeExceptionally(e);
      }
      boolean slow = System.nanoTime() - now > SLOW_NANOS;
      end(slow ? CloseReason.SLOW : CloseReason.GONE, e);
      return Turn.Next.NEVER;
    }
    if (reason != null && progress == Feed.Progress.AT_HEAD) {
      end(reason, null);
      return Turn.Next.NEVER;
    }
    return next();
  }

  private Feed.Progress write(
      WriteBuffer out, Frame[] frames, List<Outbox.Sending> sent, CloseReason reason) {
    boolean beat = heartbeatDue;
    heartbeatDue = false;
    feed.open(out);
    boolean goesOn = reason == null || reason == CloseReason.DRAINING;
    Feed.Progress advanced = goesOn ? feed.advance(out, frames) : Feed.Progress.AT_HEAD;
    for (Outbox.Sending sending : sent) {
      outlet.frame(out, sending.event());
    }
    if (reason == null) {
      feed.sayWhereItIs(out, advanced, beat);
    } else if (reason != CloseReason.GONE && advanced == Feed.Progress.AT_HEAD) {
      feed.releaseAll(out);
      outlet.closing(out, reason, retry.milliseconds(reason));
    }
    return advanced;
  }

  private Turn.Next next() {
    if (progress == Feed.Progress.MORE) {
      return Turn.Next.AT_ONCE;
    } else if (feed.holdsBack()) {
      return Turn.Next.at(feed.due());
    } else if (progress == Feed.Progress.PART) {
      return Turn.Next.IN_COMPANY;
    }
    return Turn.Next.WHEN_WOKEN;
  }

  /**
   * Ends it. On the way here no class may be needed that was not needed before, also none of a
   * lambda expression: see {@link Rehearsal}.
   */
  private void end(CloseReason how, Throwable cause) {
    closing.compareAndSet(null, how);
    CloseReason reason = closing.get() == CloseReason.RELEASED ? CloseReason.RELEASED : how;
    turn.end();
    try { // whatever goes wrong, the next thing is done: nobody else would
      feed.end();
    } finally {
      try {
        endResponse(reason, cause == null);
      } finally {
        listener.ended(this, reason, cause);
        failWaiting();
      }
    }
  }

  private void endResponse(CloseReason reason, boolean orderly) {
    if (reason != CloseReason.RELEASED) {
      try {
        outlet.end(orderly);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "The server had ended the request itself", e);
      }
    }
  }

  private void failWaiting() {
    IllegalStateException ended = new IllegalStateException("The stream has ended");
    for (Outbox.Sending sending : outbox.takeAll()) {
      sending.stage().completeExceptionally(ended);
    }
  }
}
