package dev.trailcast.journal.queue;

import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the disk: bounded, in order, many may add and one takes. It is also the door: it
 * knows why nothing is let in. The lock is never held while the disk is waited for.
 */
public final class AppendQueue {
  /**
   * A commit takes no more than this, so that nobody waits for a huge one: 1,000 rows take 5 to 7
   * ms. Beyond that a larger commit is hardly cheaper for each row (measured: 5.1 µs of CPU at 100,
   * 4.5 at 1,000).
   */
  private static final int COMMIT_ACTIVITIES = 1_000;

  /** Likewise for large ones: 5 to 8 ms. */
  private static final long COMMIT_BYTES = 1 << 20;

  /** Whether anything is let in. */
  private enum Door {
    OPEN,
    /** For now; what waits is turned out. */
    SHUT,
    /** For good; what waits may still be taken. */
    CLOSED
  }

  // fixed at birth
  private final int mostActivities;
  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // guarded by the lock
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private int activities;
  private long bytes;
  private Door door = Door.SHUT;
  private String reason = "the journal has not been opened yet"; // why it is not open, if it isn't

  /** With room for so many activities and bytes of their JSON. */
  public AppendQueue(int mostActivities, long mostBytes) {
    this.mostActivities = mostActivities;
    this.mostBytes = mostBytes;
  }

  /**
   * Lets in what has room. Something larger than the whole queue is let in where nothing else
   * waits: whoever brings it could never get rid of it otherwise.
   *
   * @throws JournalFullException if there is no room
   * @throws JournalUnavailableException if nothing is let in
   */
  public void add(Append append) {
    lock.lock();
    try {
      if (door != Door.OPEN) {
        throw new JournalUnavailableException(reason, null);
      }
      int size = append.activities().size();
      if (!waiting.isEmpty()
          && (activities + size > mostActivities || bytes + append.bytes() > mostBytes)) {
        throw new JournalFullException(
            "the queue of the journal is full: %d activities (%d bytes) wait for the disk"
                .formatted(activities, bytes));
      }
      waiting.add(append);
      activities += size;
      bytes += append.bytes();
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what goes into the next commit; nothing if nothing has come for so long. */
  public List<Append> take(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (waiting.isEmpty() && door != Door.CLOSED && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return removeFirst(forOneCommit());
    } finally {
      lock.unlock();
    }
  }

  /** How many appends go into the next commit. */
  private int forOneCommit() {
    int count = 0;
    int takenActivities = 0;
    long takenBytes = 0;
    for (Append next : waiting) {
      takenActivities += next.activities().size();
      takenBytes += next.bytes();
      if (count > 0 && (takenActivities > COMMIT_ACTIVITIES || takenBytes > COMMIT_BYTES)) {
        break;
      }
      count++;
    }
    return count;
  }

  /** What it needs is allocated first: where memory has run out nothing may get lost between. */
  private List<Append> removeFirst(int count) {
    List<Append> removed = new ArrayList<>(count);
    while (removed.size() < count) {
      removed.add(remove());
    }
    return removed;
  }

  /** Opens the door, unless it is closed for good. */
  public void accept() {
    lock.lock();
    try {
      if (door == Door.SHUT) {
        door = Door.OPEN;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing in for now, and turns out what waits. */
  public void refuse(String why, Throwable cause) {
    lock.lock();
    try {
      if (door != Door.CLOSED) {
        door = Door.SHUT;
        reason = why;
      }
    } finally {
      lock.unlock();
    }
    turnOut(why, cause);
  }

  /** Lets nothing in any more; what waits may still be taken. */
  public void close() {
    lock.lock();
    try {
      door = Door.CLOSED;
      reason = "the journal is closed";
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Fails what waits. */
  public void turnOut(String why, Throwable cause) {
    JournalUnavailableException failure = new JournalUnavailableException(why, cause);
    List<Append> out;
    lock.lock();
    try {
      out = removeFirst(waiting.size());
    } finally {
      lock.unlock();
    }
    // without the lock: what hangs on a receipt runs here, and may well append again
    out.forEach(append -> append.fail(failure));
  }

  /** Waits until it is closed, but no longer than this. */
  public void awaitClose(Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (door != Door.CLOSED && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether nothing waits and nothing can come. */
  public boolean isFinished() {
    lock.lock();
    try {
      return door == Door.CLOSED && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Why nothing is let in; empty if it is. */
  public Optional<String> refusal() {
    lock.lock();
    try {
      return door == Door.OPEN ? Optional.empty() : Optional.of(reason);
    } finally {
      lock.unlock();
    }
  }

  /** How many activities wait. */
  public int size() {
    lock.lock();
    try {
      return activities;
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes of JSON these are. */
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /** How much of the room is taken, from 0 to 1; more where one is larger than all of it. */
  public double filling() {
    lock.lock();
    try {
      return Math.max((double) activities / mostActivities, (double) bytes / mostBytes);
    } finally {
      lock.unlock();
    }
  }

  private Append remove() {
    Append append = waiting.remove();
    activities -= append.activities().size();
    bytes -= append.bytes();
    return append;
  }
}
