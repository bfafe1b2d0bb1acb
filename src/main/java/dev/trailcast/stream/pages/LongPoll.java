package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.stream.trail.Cursor;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A request that waits for something to tell. It holds neither a thread nor a stream meanwhile: it
 * stands on the channel of its view, and is tried again whenever there is something new there.
 *
 * <p>Any thread may wake or end it; one at a time tries.
 */
final class LongPoll implements Follower {
  /** Tries to answer. */
  interface Attempt {
    /** What {@link #answer} returns when the request is answered. */
    long ANSWERED = -1;

    /**
     * Answers if there is something to tell.
     *
     * @param over whether to answer in any case
     * @return {@link #ANSWERED}, or the offset up to which there was nothing to tell
     */
    long answer(boolean over);
  }

  // fixed at birth
  private final Tail tail;
  private final View view;
  private final Attempt attempt;
  private final Executor executor;
  private final Consumer<LongPoll> answered;

  // safe by themselves
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile boolean over;

  // only the thread that tries, or has it wait
  private Cursor cursor;

  /**
   * @param executor tries, for whoever wakes it must not wait
   * @param answered hears of it, once
   */
  LongPoll(Tail tail, View view, Attempt attempt, Executor executor, Consumer<LongPoll> answered) {
    this.tail = tail;
    this.view = view;
    this.attempt = attempt;
    this.executor = executor;
    this.answered = answered;
  }

  /** Waits for what comes behind an offset. Once; there was nothing to tell up to there. */
  void await(long offset) {
    cursor = tail.join(this, view, offset);
    waiting.set(true);
    if (over) {
      end();
    } else if (!tail.isAtHead(cursor)) { // since then: nobody could wake it before it waited
      wake();
    }
  }

  @Override
  public void wake() {
    if (waiting.compareAndSet(true, false)) {
      try {
        executor.execute(this::tryAgain);
      } catch (RuntimeException | Error e) {
        // the application is about to end, and has all end that wait; or there is no thread to be
        // had: then it is tried when something else comes, or at its end
        waiting.set(true);
      }
    }
  }

  /**
   * Has it answered, whether or not there is something to tell: on this thread, for executors do
   * nothing more for an application that ends.
   */
  void end() {
    over = true;
    if (waiting.compareAndSet(true, false)) {
      tryAgain();
    }
  }

  private void tryAgain() {
    tail.leave(this, cursor.channel());
    long offset;
    try {
      offset = attempt.answer(over);
    } catch (RuntimeException | Error e) { // nobody would try again
      answered.accept(this);
      throw e;
    }
    if (offset == Attempt.ANSWERED) {
      answered.accept(this);
    } else {
      await(offset);
    }
  }
}
