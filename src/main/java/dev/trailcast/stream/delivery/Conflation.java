package dev.trailcast.stream.delivery;

import dev.trailcast.activity.Activity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a reader to the rate it asked for: what is too much is held back, and of what is held back
 * only the newest for each actor and subject. So it never falls behind, and gets the last state of
 * everything. Order is kept: what is sent is newer than all that was sent.
 *
 * <p>For the one thread that serves the reader.
 */
public final class Conflation {
  public static final int FASTEST = 1_000;

  /** What is held back at most; beyond it the oldest is left out. */
  private static final int MOST_HELD = 1_000;

  private static final int MOST_BYTES = 1 << 20;

  /** So often in a second it sends where the rate is higher: a screen shows hardly more. */
  private static final int TURNS = 20;

  /** It looks again after so long: in a second, more than the tail may come. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private record Key(String actor, String subject) {}

  private final long window;
  private final long[] sent; // when the last few were: no more than these in any window
  private int oldest;

  private final Map<Key, RecordedFrame> held = new LinkedHashMap<>(); // oldest first
  private int bytes;
  private long leftOut;
  private long told;

  /**
   * @param rate how many activities in a second, from 1 to {@link #FASTEST}
   * @param now the time, as {@link System#nanoTime} tells it
   */
  public Conflation(int rate, long now) {
    int atATime = (rate + TURNS - 1) / TURNS;
    window = SECOND / (rate / atATime); // a whole number of them is a second, so none has too many
    sent = new long[atATime];
    for (int i = 0; i < atATime; i++) {
      sent[i] = now - window;
    }
    told = now - SECOND;
  }

  /** Holds a frame back, which is newer than all before. */
  void add(RecordedFrame frame) {
    Activity activity = frame.activity();
    Key key = new Key(activity.actor(), activity.subject());
    RecordedFrame superseded = held.remove(key); // and so to the end
    if (superseded != null) {
      leaveOut(superseded);
    }
    held.put(key, frame);
    bytes += frame.bytes();
    for (Iterator<RecordedFrame> each = held.values().iterator();
        held.size() > MOST_HELD || bytes > MOST_BYTES && held.size() > 1; ) {
      leaveOut(each.next());
      each.remove();
    }
  }

  /** Lets go of what an erasure concerns; nobody is told that it was left out. */
  void erase(Erasure erasure) {
    held.values()
        .removeIf(
            frame -> {
              boolean erased = frame.isErasedBy(erasure);
              bytes -= erased ? frame.bytes() : 0;
              return erased;
            });
  }

  private void leaveOut(RecordedFrame frame) {
    bytes -= frame.bytes();
    leftOut++;
  }

  boolean isEmpty() {
    return held.isEmpty();
  }

  /** Lets go what may be sent now, oldest first. */
  void release(long now, Consumer<RecordedFrame> out) {
    Iterator<RecordedFrame> each = held.values().iterator();
    while (each.hasNext() && now - sent[oldest] >= window) {
      sent[oldest] = now;
      oldest = (oldest + 1) % sent.length;
      RecordedFrame frame = each.next();
      each.remove();
      bytes -= frame.bytes();
      out.accept(frame);
    }
  }

  /** Lets everything go, at any rate: there is no later, or something else comes next. */
  void releaseAll(Consumer<RecordedFrame> out) {
    held.values().forEach(out);
    held.clear();
    bytes = 0;
  }

  /** When to look again, where something is held back. */
  long due(long now) {
    return now + Math.min(window - (now - sent[oldest]), LOOK_NANOS);
  }

  /** How many were left out since it was last asked; 0 where that is less than a second ago. */
  long leftOut(long now) {
    if (now - told < SECOND) {
      return 0;
    }
    long count = leftOut;
    if (count > 0) {
      leftOut = 0;
      told = now;
    }
    return count;
  }
}
