package dev.trailcast.stream;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether a subscriber has to wait for a pump, has one, or neither: it stands in the queue once at
 * most, one pump at a time has it, and whatever it is woken for is looked after by a pump that
 * comes later. Safe for use by many threads.
 */
final class Turn {
  private enum State {
    /** Has its place on the trail, but is not to be served yet. */
    NEW,
    /** Nothing to do. */
    IDLE,
    /** Waits for a pump. */
    QUEUED,
    /** A pump has it. */
    SERVED,
    /** A pump has it, and something came up since. */
    WOKEN,
    /** The stream is over. */
    ENDED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.NEW);

  /** It is to be served from now on. The caller queues it. */
  void begin() {
    state.set(State.QUEUED);
  }

  /**
   * There is something to do for it. Costs next to nothing where it is known already.
   *
   * @return whether the caller has to queue it
   */
  boolean wake() {
    while (true) {
      State now = state.get();
      if (now == State.IDLE) {
        if (state.compareAndSet(State.IDLE, State.QUEUED)) {
          return true;
        }
      } else if (now != State.SERVED || state.compareAndSet(State.SERVED, State.WOKEN)) {
        return false;
      }
    }
  }

  /**
   * A pump takes it from the queue.
   *
   * @return false if it has ended, and is not to be served
   */
  boolean take() {
    return state.compareAndSet(State.QUEUED, State.SERVED);
  }

  /** The pump lets go of it with something left to do. The caller queues it. */
  void giveBack() {
    state.set(State.QUEUED);
  }

  /**
   * The pump lets go of it with nothing left to do, as far as it knows.
   *
   * @return whether something came up meanwhile, and the caller has to queue it
   */
  boolean rest() {
    if (state.compareAndSet(State.SERVED, State.IDLE)) {
      return false;
    }
    state.set(State.QUEUED);
    return true;
  }

  /** The pump that has it ends it. */
  void end() {
    state.set(State.ENDED);
  }

  boolean hasEnded() {
    return state.get() == State.ENDED;
  }
}
