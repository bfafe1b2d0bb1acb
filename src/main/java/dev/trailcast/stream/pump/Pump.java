package dev.trailcast.stream.pump;

import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.lang.Thread.State;

/**
 * A thread that serves readers, one after the other: it takes one whose turn it is, lets it write
 * once, and takes the next. Once it was held in a write it serves only those that stall.
 */
final class Pump implements Runnable {
  /** Whom it serves. */
  enum Duty {
    /** Readers that never held up a pump. */
    READY,
    /** Those that did. */
    APART
  }

  private static final int FRAMES = 256;

  // fixed at birth
  private final Pumps pumps;

  // written by this thread, but duty, which the watchdog changes; read by both
  private volatile Duty duty;
  private volatile Thread thread;
  private volatile Turn serving;
  private volatile long since;

  // only this thread
  private final WriteBuffer out = new WriteBuffer();
  private final Frame[] frames = new Frame[FRAMES];

  Pump(Pumps pumps, Duty duty) {
    this.pumps = pumps;
    this.duty = duty;
  }

  @Override
  public void run() {
    thread = Thread.currentThread();
    thread.setName("trailcast-pump-" + thread.getId());
    pumps.begun(this);
    try {
      boolean goesOn = true;
      while (goesOn) {
        try {
          goesOn = serveNext();
        } catch (InterruptedException e) {
          thread.interrupt(); // the server takes its threads back
          goesOn = false;
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          pumps.failed(e);
        }
      }
    } finally {
      pumps.ended(this);
    }
  }

  /**
   * Serves one, if there is one.
   *
   * @return whether it goes on
   */
  private boolean serveNext() throws InterruptedException {
    if (duty == Duty.APART) {
      return serveStalled();
    }
    serveReady();
    return !pumps.isStopped() || duty == Duty.APART;
  }

  private void serveReady() throws InterruptedException {
    Turn next = pumps.nextReady();
    if (next == null) {
      return;
    }
    if (next.isApart() || next.isStuck()) { // since it stood in the queue
      next.queue();
    } else {
      serve(next);
    }
  }

  private boolean serveStalled() throws InterruptedException {
    Turn next = pumps.nextStalled();
    if (next == null) {
      return !pumps.mayEnd();
    }
    serve(next);
    return true;
  }

  private void serve(Turn turn) {
    long now = System.nanoTime();
    since = now;
    serving = turn;
    pumps.serving();
    try {
      turn.serve(out, frames, now);
    } finally {
      out.wipe();
      Thread.interrupted(); // application code that heard of an end may have left one behind
      serving = null;
      if (duty == Duty.READY) { // else it was held up, and others are there for the work
        pumps.busy(System.nanoTime() - now);
      }
    }
  }

  boolean isServing() {
    return serving != null;
  }

  Duty duty() {
    return duty;
  }

  /**
   * The turn that holds this pump in a write for longer than it may, or null. A thread that only
   * did not get a processor for a while does not wait, and is not held.
   */
  Turn heldBy(long nanos, long anyhowNanos) {
    Turn holder = serving;
    if (duty == Duty.APART || holder == null) {
      return null;
    }
    long held = System.nanoTime() - since;
    State state = thread.getState();
    boolean waits = state == State.WAITING || state == State.TIMED_WAITING;
    return held > (waits ? nanos : anyhowNanos) ? holder : null;
  }

  /** Gives this one over to stalled readers if it is still held. Only the watchdog does. */
  boolean replace(Turn holder) {
    if (serving != holder) {
      return false; // it has just come back
    }
    holder.setApart();
    duty = Duty.APART;
    return true;
  }

  /** Takes that back: nobody could be put in its place. */
  void restore() {
    duty = Duty.READY;
  }

  /** Wakes it from waiting for somebody to serve; a write is left alone. */
  void interruptIfIdle() {
    if (serving == null) {
      thread.interrupt();
    }
  }
}
