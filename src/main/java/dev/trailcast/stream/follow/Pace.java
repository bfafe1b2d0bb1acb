package dev.trailcast.stream.follow;

import java.util.concurrent.TimeUnit;

/** How time passes for somebody who waits. */
interface Pace {
  /** As it does everywhere. */
  Pace REAL =
      new Pace() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void await(Object monitor, long nanos) throws InterruptedException {
          TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
        }
      };

  /** As {@link System#nanoTime}. */
  long nanoTime();

  /** Waits on a monitor that the caller has, for more than 0 ns; may come back before. */
  void await(Object monitor, long nanos) throws InterruptedException;
}
