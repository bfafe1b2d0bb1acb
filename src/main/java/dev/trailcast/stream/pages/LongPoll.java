package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.stream.delivery.ReaderStatus;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.trail.Cursor;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.CloseReason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A request that waits for something to tell. It holds neither a thread nor a stream meanwhile: it
 * stands on the channel of its view, and is looked after again whenever there is something new
 * there.
 *
 * <p>Any thread may wake or end it; one at a time looks after it.
 */
final class LongPoll implements Follower, Seat.Stay {
  /** Whose request it is. */
  interface Request {
    /**
     * Looks whether there is something to tell, on another thread. Then either it is answered, and
     * the poll is to be told so by {@link LongPoll#answered}; or it waits on, by {@link
     * LongPoll#await}.
     */
    void look(LongPoll poll);

    /** Answers that there is nothing to tell. */
    void answerNothing();

    /** Answers that it has been ended by an administrator. */
    void answerEnded();
  }

  // fixed at birth
  private final Tail tail;
  private final View view;
  private final Request request;
  private final Consumer<LongPoll> listener;

  // safe by themselves
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile boolean over;
  private volatile boolean forbidden;

  // only the thread that looks after it, or has it wait
  private Cursor cursor;

  /**
   * @param listener hears once that it has been answered
   */
  LongPoll(Tail tail, View view, Request request, Consumer<LongPoll> listener) {
    this.tail = tail;
    this.view = view;
    this.request = request;
    this.listener = listener;
  }

  /** Waits for what comes behind an offset; there was nothing to tell up to there. */
  void await(long offset) {
    leave();
    Cursor place = tail.join(this, view, offset);
    cursor = place;
    if (!await(place)) { // something has come since: nobody could tell it before it waited
      wake();
    }
  }

  /** Waits, from now on; says whether there is nothing yet. */
  private boolean await(Cursor place) {
    waiting.set(true);
    if (over) {
      finish();
      return true;
    }
    return tail.await(place);
  }

  @Override
  public void wake() {
    if (waiting.compareAndSet(true, false)) {
      Cursor place = cursor;
      try {
        request.look(this);
      } catch (RuntimeException | Error e) {
        await(place); // it is looked for when something else comes, or answered at its end
      }
    }
  }

  /** What has become of it, or will. */
  LongPolls.Outcome outcome() {
    if (!over) {
      return LongPolls.Outcome.NEWS;
    }
    return forbidden ? LongPolls.Outcome.ENDED : LongPolls.Outcome.NOTHING;
  }

  /** Whether it is to be answered, whether or not there is something to tell. */
  boolean isOver() {
    return over;
  }

  /** Has it answered, whether or not there is something to tell: on this thread, if it waits. */
  void finish() {
    over = true;
    if (waiting.compareAndSet(true, false)) {
      try {
        if (forbidden) {
          request.answerEnded();
        } else {
          request.answerNothing();
        }
      } finally { // nobody would try again
        answered();
      }
    }
  }

  /** Has it answered before its time, so that its client comes back, or not. */
  @Override
  public void end(CloseReason reason) {
    forbidden = reason == CloseReason.ENDED;
    finish();
  }

  @Override
  public ReaderStatus.Now now() {
    return new ReaderStatus.Now(ReaderStatus.State.WAITING, 0, false);
  }

  /** It has been. */
  void answered() {
    leave();
    listener.accept(this);
  }

  private void leave() {
    if (cursor != null) {
      tail.leave(cursor);
      cursor = null;
    }
  }
}
