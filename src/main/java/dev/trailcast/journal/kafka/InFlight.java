package dev.trailcast.journal.kafka;

import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.queue.Append;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What was sent and has not come back yet: bounded, in number and in time. One thread sends,
 * another one sees it come back, and the client of Kafka says what it could not deliver. Like the
 * queue before it, it has a door: what was taken from there in time may come too late for here.
 * Nobody is told anything with the lock held.
 */
final class InFlight {
  // fixed at birth
  private final int mostActivities;
  private final long mostBytes;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by the lock
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>(); // by sequence, rising
  private int activities;
  private long bytes;
  private long next;
  private Optional<JournalUnavailableException> refusal = Optional.empty(); // why nothing is let in

  /** An append, of which some has come back. */
  private static final class Waiting {
    private final Append append;
    private final long first;
    private final long since;
    private final Receipt[] receipts;
    private int missing;

    private Waiting(Append append, long first, long since) {
      this.append = append;
      this.first = first;
      this.since = since;
      this.receipts = new Receipt[append.activities().size()];
      this.missing = receipts.length;
    }
  }

  /**
   * With room for so much.
   *
   * @param nanoTime the monotonic clock
   */
  InFlight(int mostActivities, long mostBytes, LongSupplier nanoTime) {
    this.mostActivities = mostActivities;
    this.mostBytes = mostBytes;
    this.nanoTime = nanoTime;
  }

  /**
   * Puts what is about to be sent. What is larger than all the room goes in where nothing else is.
   *
   * @return the sequence of its first activity, the others follow; empty where there was no room in
   *     time
   * @throws JournalUnavailableException if nothing is let in
   */
  Optional<Long> put(Append append, long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      int size = append.activities().size();
      while (activities > 0
          && refusal.isEmpty()
          && (activities + size > mostActivities || bytes + append.bytes() > mostBytes)) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      Waiting put = new Waiting(append, next, nanoTime.getAsLong());
      for (int i = 0; i < size; i++) {
        waiting.put(next++, put);
      }
      activities += size;
      bytes += append.bytes();
      return Optional.of(put.first);
    } finally {
      lock.unlock();
    }
  }

  /** One has come back; if it was the last of an append, that is answered. */
  void returned(long sequence, Receipt receipt) {
    Waiting done = null;
    lock.lock();
    try {
      Waiting found = waiting.remove(sequence);
      if (found != null) { // else it was given up
        found.receipts[(int) (sequence - found.first)] = receipt;
        found.missing--;
        if (found.missing == 0) {
          release(found);
          done = found;
        }
      }
    } finally {
      lock.unlock();
    }
    if (done != null) {
      done.append.receipts().complete(List.copyOf(Arrays.asList(done.receipts)));
    }
  }

  /** One will not come back, as far as is known; so its append is given up. */
  void failed(long sequence, JournalUnavailableException why) {
    Waiting given = null;
    lock.lock();
    try {
      given = waiting.get(sequence);
      if (given != null) {
        remove(given);
      }
    } finally {
      lock.unlock();
    }
    if (given != null) {
      given.append.fail(why);
    }
  }

  /** None of them will come back, as far as is known, and nothing is let in for now. */
  void refuse(JournalUnavailableException why) {
    List<Waiting> all;
    lock.lock();
    try {
      refusal = Optional.of(why);
      all = removeWhile(any -> true);
    } finally {
      lock.unlock();
    }
    fail(all, why);
  }

  /** Lets them in again. */
  void accept() {
    lock.lock();
    try {
      refusal = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** What has been under way for this long is given up. */
  void giveUpAfter(long nanos, JournalUnavailableException why) {
    long now = nanoTime.getAsLong();
    List<Waiting> old;
    lock.lock();
    try {
      old = removeWhile(each -> now - each.since >= nanos);
    } finally {
      lock.unlock();
    }
    fail(old, why);
  }

  /** The oldest, as long as it is so. */
  private List<Waiting> removeWhile(Predicate<Waiting> condition) {
    List<Waiting> removed = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Waiting oldest = waiting.values().iterator().next();
      if (!condition.test(oldest)) {
        return removed;
      }
      removed.add(oldest);
      remove(oldest);
    }
    return removed;
  }

  private static void fail(List<Waiting> given, JournalUnavailableException why) {
    for (Waiting each : given) { // by no lambda expression: it may be the end
      each.append.fail(why);
    }
  }

  private void remove(Waiting given) {
    for (int i = 0; i < given.receipts.length; i++) {
      waiting.remove(given.first + i);
    }
    release(given);
  }

  private void release(Waiting done) {
    activities -= done.receipts.length;
    bytes -= done.append.bytes();
    changed.signalAll();
  }

  /** Waits until all has come back or was given up, but no longer than this. */
  void awaitNone(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (activities > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many activities have not come back. */
  int size() {
    lock.lock();
    try {
      return activities;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes of JSON these are. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
