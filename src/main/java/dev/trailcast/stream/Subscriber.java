package dev.trailcast.stream;

import dev.trailcast.activity.View;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One reader: a cursor on its channel, and an outlet. It is idle until something wakes it; then a
 * pump takes it and writes what lies between the cursor and the head, piece by piece, until there
 * is nothing more. Nothing is queued for it meanwhile.
 *
 * <p>Any thread may wake it, send to it or close it. Only the pump that has taken it serves it, so
 * one thread at a time writes.
 */
final class Subscriber implements Follower, SseEventSink, Delayed {
  private static final System.Logger LOG = System.getLogger(Subscriber.class.getName());

  /** A reader whose write fails after so long did not leave: it did not read. */
  private static final long SLOW_NANOSECONDS = 500_000_000;

  /** Hears that a stream has ended. */
  interface EndListener {
    /**
     * @param cause what went wrong, or null
     */
    void ended(Subscriber subscriber, CloseReason reason, Throwable cause);
  }

  // fixed at birth
  private final Trail trail;
  private final Outlet outlet;
  private final EndListener listener;

  // safe by themselves
  private final Turn turn = new Turn();
  private final AtomicReference<CloseReason> closing = new AtomicReference<>();
  private final Outbox outbox = new Outbox();
  private volatile boolean apart;
  private volatile boolean stalled; // and so apart, as the kernel tells; else it was only held
  private volatile boolean heartbeatDue;
  private volatile long lastWrite = System.nanoTime();
  private volatile long due; // when to serve it at the earliest; it stands in no queue meanwhile

  // only the thread that looks for stalled readers
  private long backlog;

  // fixed at birth, too; the feed is used by the thread that serves it
  private final Channel channel;
  private final Feed feed;

  /** A reader that gets everything. */
  Subscriber(Trail trail, View view, Place place, Outlet outlet, EndListener listener) {
    this(trail, view, place, outlet, null, listener);
  }

  /**
   * On the trail from here on, but nothing is written before it is {@link #start started}.
   *
   * @param conflation keeps it to a rate, or null
   */
  Subscriber(
      Trail trail,
      View view,
      Place place,
      Outlet outlet,
      Conflation conflation,
      EndListener listener) {
    this.trail = trail;
    this.outlet = outlet;
    this.listener = listener;
    Cursor cursor = trail.tail().join(this, view, place.position().offset());
    this.channel = cursor.channel();
    this.feed = new Feed(trail, cursor, place, outlet, conflation);
  }

  /** Begins to serve it, once. */
  void start() {
    turn.begin();
    trail.pumps().add(this);
  }

  /** Has it served not before some time after its last write, so that there is more to write. */
  private void queueForCompany() {
    long delay = trail.pumps().gathering().delay();
    if (delay == 0) {
      trail.pumps().add(this);
    } else {
      queueAt(lastWrite + delay);
    }
  }

  private void queueAt(long time) {
    due = time;
    trail.pumps().addWhenDue(this);
  }

  /** How long it is to wait for its turn. */
  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.signum(due - ((Subscriber) other).due);
  }

  /** There is something to do for it. Costs next to nothing where it is known already. */
  @Override
  public void wake() {
    if (turn.wake()) {
      queueForCompany();
    }
  }

  /** The page of history that it waits for has been read. */
  void receive(Page page) {
    feed.receive(page);
    wake();
  }

  /** From now on it is served apart from those that never held up a pump. */
  void setApart() {
    apart = true;
  }

  Connection connection() {
    return outlet.connection();
  }

  /**
   * Finds out whether the reader reads.
   *
   * @param queued how many bytes the kernel holds for it; 0 where they are few
   */
  void judge(long queued) {
    boolean stuck = backlog > 0 && queued >= backlog;
    backlog = queued;
    if (stuck) {
      stalled = true;
      apart = true;
    } else if (stalled && queued == 0) {
      stalled = false;
      apart = false;
      trail.pumps().reconsider(this);
    }
  }

  boolean isApart() {
    return apart;
  }

  /** Wakes it for a heartbeat if nothing was written to it for so long. */
  void beat(long now, long silenceNanoseconds) {
    if (now - lastWrite >= silenceNanoseconds) {
      heartbeatDue = true;
      wake();
    }
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

  /**
   * Serves it, on a pump's thread that has taken it from the queue. May block in a write for as
   * long as the server lets it.
   *
   * @param out the thread's own
   * @param frames the thread's own
   * @param now the time, as {@link System#nanoTime} tells it
   */
  void serve(WriteBuffer out, Frame[] frames, long now) {
    if (!turn.take()) {
      return;
    }
    out.clear(); // whoever woke it until now, woke it for this
    List<Outbox.Sending> sent = outbox.takeAll();
    CloseReason reason = closing.get();
    Feed.Progress progress;
    try {
      progress = write(out, frames, sent, reason);
      if (!out.isEmpty()) {
        lastWrite = now;
        outlet.flush(out);
      }
      for (Outbox.Sending sending : sent) {
        sending.stage().complete(null);
      }
    } catch (IOException | RuntimeException | Error e) { // nobody else would end it
      for (Outbox.Sending sending : sent) {
        sending.stage().completeExceptionally(e);
      }
      boolean slow = System.nanoTime() - now > SLOW_NANOSECONDS;
      end(slow ? CloseReason.SLOW : CloseReason.GONE, e);
      return;
    }
    if (reason != null && progress == Feed.Progress.AT_HEAD) {
      end(reason, null);
    } else {
      rest(progress);
    }
  }

  private Feed.Progress write(
      WriteBuffer out, Frame[] frames, List<Outbox.Sending> sent, CloseReason reason) {
    boolean beat = heartbeatDue;
    heartbeatDue = false;
    feed.open(out);
    boolean goesOn = reason == null || reason == CloseReason.DRAINING;
    Feed.Progress progress = goesOn ? feed.advance(out, frames, this) : Feed.Progress.AT_HEAD;
    for (Outbox.Sending sending : sent) {
      outlet.frame(out, sending.frame());
    }
    if (reason == null) {
      feed.sayWhereItIs(out, progress, beat);
    } else if (reason != CloseReason.GONE && progress == Feed.Progress.AT_HEAD) {
      feed.releaseAll(out);
      outlet.closing(out, reason, trail.retry().milliseconds(reason));
    }
    return progress;
  }

  private void rest(Feed.Progress progress) {
    if (progress == Feed.Progress.MORE) {
      turn.giveBack();
      trail.pumps().add(this);
    } else if (feed.holdsBack()) {
      turn.giveBack();
      queueAt(feed.due());
    } else if (progress == Feed.Progress.PART) {
      turn.giveBack();
      queueForCompany();
    } else if (turn.rest()) {
      queueForCompany();
    }
  }

  /**
   * Ends it. On the way here no class may be needed that was not needed before, also none of a
   * lambda expression: see {@link Rehearsal}.
   */
  private void end(CloseReason how, Throwable cause) {
    closing.compareAndSet(null, how);
    CloseReason reason = closing.get() == CloseReason.RELEASED ? CloseReason.RELEASED : how;
    turn.end();
    feed.forget();
    trail.tail().leave(this, channel);
    if (reason != CloseReason.RELEASED) {
      try {
        outlet.end(cause == null);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.DEBUG, "The server had ended the request itself", e);
      }
    }
    listener.ended(this, reason, cause);
    failWaiting();
  }

  private void failWaiting() {
    IllegalStateException ended = new IllegalStateException("The stream has ended");
    for (Outbox.Sending sending : outbox.takeAll()) {
      sending.stage().completeExceptionally(ended);
    }
  }
}
