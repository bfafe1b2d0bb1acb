package dev.trailcast.stream.pump;

import dev.trailcast.container.Enduring;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The threads that write to readers: a few pumps for those that keep up, and apart from them some
 * for those that once held one up, so that a stalled reader delays nobody who is not.
 *
 * <p>On Open Liberty every write is a blocking one: where a reader's socket is full it holds its
 * thread until the server's write time-out, and nothing wakes it before. So a watchdog looks every
 * few milliseconds whether a pump is held in a write; then it sets the reader apart and puts a
 * fresh pump in place of the held one, which from then on is one of the threads for stalled
 * readers, if there are not too many.
 */
public final class Pumps implements Runnable {
  private static final System.Logger LOG = System.getLogger(Pumps.class.getName());

  /** How long a write may hold a pump: one to a reader that keeps up takes some microseconds. */
  private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** From when on it is held, though its thread does not wait: blocked outside of Java. */
  private static final long HELD_ANYHOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /**
   * How long the clock rests at least between those that are due. Without, it woke, and woke a
   * pump, for one reader after the other.
   */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How long a thread for stalled readers waits for one before it ends. */
  private static final long IDLE_SECONDS = 10;

  // fixed at birth
  private final PumpCount count;
  private final ThreadFactory threads;
  private final Linger linger;

  // safe by themselves; a turn stands in one queue once at most, which bounds them
  private final BlockingQueue<Turn> ready = new LinkedBlockingQueue<>();
  private final DelayQueue<Turn> notDue = new DelayQueue<>();
  private final BlockingQueue<Turn> stalled = new LinkedBlockingQueue<>();
  private final Set<Turn> unproven = ConcurrentHashMap.newKeySet();
  private final Set<Pump> pumps = ConcurrentHashMap.newKeySet();
  private final AtomicInteger apart = new AtomicInteger();
  private final AtomicInteger apartIdle = new AtomicInteger();
  private final LongAdder replacements = new LongAdder();
  private volatile boolean provable;
  private volatile boolean stopped;
  private volatile boolean asleep;
  private volatile boolean bereft; // of a pump that nobody is there for instead
  private volatile Thread watchdog;
  private volatile Thread clock;

  public Pumps(PumpCount count, ThreadFactory threads) {
    this.count = count;
    this.threads = threads;
    this.linger = new Linger(count.pumps(), System.nanoTime());
  }

  public void start() {
    for (int i = 0; i < count.pumps(); i++) {
      startPump();
    }
    watchdog = threads.newThread(this);
    watchdog.start();
    clock = threads.newThread(this::awaitDue);
    clock.start();
  }

  /** Lets everybody go. A pump that is held in a write ends when the write does. */
  public void stop() {
    stopped = true;
    LockSupport.unpark(watchdog);
    if (clock != null) { // else it was never started
      clock.interrupt();
    }
    pumps.forEach(Pump::interruptIfIdle);
  }

  /** A turn for this work, which is to {@link Turn#begin begin}. */
  public Turn turn(Turn.Work work) {
    return new Turn(this, work);
  }

  /** How long after its last write a reader is written to again, in nanoseconds. */
  public long lingerNanos() {
    return linger.nanos();
  }

  /** A pump was busy for so long. */
  void busy(long nanos) {
    linger.busy(nanos);
  }

  /** Has a reader served in its turn when it is due. */
  void addWhenDue(Turn turn) {
    if (turn.getDelay(TimeUnit.NANOSECONDS) <= 0) {
      add(turn);
    } else {
      notDue.add(turn);
    }
  }

  /** What the clock does. */
  private void awaitDue() {
    Thread.currentThread().setName("trailcast-clock");
    while (!stopped) {
      try {
        for (Turn due = notDue.take(); due != null; due = notDue.poll()) {
          due.queue();
        }
        LockSupport.parkNanos(this, REST_NANOS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server takes its threads back
        return;
      } catch (Throwable e) { // an Error, too, ends a step and not the thread
        failed(e);
      }
    }
  }

  /** Has a reader served that is ready, in its turn. */
  void add(Turn turn) {
    if (turn.isStuck() && awaitProof(turn)) {
      return;
    }
    if (!turn.isApart()) {
      ready.add(turn);
      return;
    }
    stalled.add(turn);
    serveStalled();
  }

  /**
   * Sees to it that a thread comes for each stalled reader that waits, as long as there may be
   * more.
   */
  private void serveStalled() {
    if (apartIdle.get() < stalled.size() && takePlace(count.stalled())) {
      try {
        threads.newThread(new Pump(this, Pump.Duty.APART)).start();
      } catch (RuntimeException | Error e) { // it waits; whoever woke it is not to suffer
        apart.decrementAndGet();
        LOG.log(Level.ERROR, "TRAIL0402E: There is no thread to be had for a stalled reader", e);
      }
    }
  }

  /**
   * Takes a place among the threads for stalled readers, if there is one.
   *
   * @param most how many there may be
   */
  private boolean takePlace(int most) {
    if (apart.incrementAndGet() <= most) {
      return true;
    }
    apart.decrementAndGet();
    return false;
  }

  /** Whether as many readers stall as may: another one would hold a pump for good. */
  public boolean areExhausted() {
    return held() >= mostHeld();
  }

  /** How much of what may stall does: from 0 to 1, where it is {@link #areExhausted exhausted}. */
  public double stalling() {
    return (double) held() / mostHeld();
  }

  /**
   * Pumps that are held are replaced, also where there are as many threads for stalled readers as
   * there may be: those wait, and nobody else.
   */
  private int mostHeld() {
    return 2 * count.stalled();
  }

  /**
   * Whether somebody sees if readers take what they are sent. If so, one that has just come and has
   * much before it is sent as much as any socket holds, and no more until it has taken that: so
   * whoever never reads never holds a pump. And one that has stopped waits until it has taken what
   * it was sent.
   */
  public void setProvable(boolean now) {
    provable = now;
  }

  /** Whether somebody sees that. */
  boolean isProvable() {
    return provable;
  }

  /** Has one wait until it has been seen to read; false if that is not to be. */
  boolean awaitProof(Turn turn) {
    return provable && !turn.isApart() && unproven.add(turn);
  }

  /** Those that wait until they have been seen to read; each is to be {@link Turn#prove proved}. */
  public Set<Turn> awaitingProof() {
    return Set.copyOf(unproven);
  }

  /** Waits no longer for that. */
  void proven(Turn turn) {
    if (unproven.remove(turn)) {
      turn.queue();
    }
  }

  /** How many threads stalled readers hold. */
  public int held() {
    return Math.max(0, apart.get() - apartIdle.get());
  }

  /** Whether every pump has lived on, or was replaced, and the watchdog and the clock live. */
  public boolean areAlive() {
    return !bereft && Stream.of(watchdog, clock).allMatch(each -> each != null && each.isAlive());
  }

  /** Whether a reader stalls, or did a short while ago. */
  public boolean haveStalled() {
    return apart.get() > 0;
  }

  /** Has a reader served with the others if it waits apart from them. */
  void reconsider(Turn turn) {
    if (stalled.remove(turn)) {
      turn.queue();
    }
  }

  /** How often a pump was held and replaced. */
  public long replacements() {
    return replacements.sum();
  }

  /** How many threads are there for stalled readers. */
  public int apart() {
    return apart.get();
  }

  /** How many wait until they read, or because there are no more threads for those who stall. */
  public int stalledWaiting() {
    return unproven.size() + stalled.size();
  }

  /** The watchdog. */
  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-watchdog");
    Runnable look = new Enduring(LOG, "TRAIL0405E: The pumps could not be watched", this::look);
    // by an interrupt the server takes its threads back, and nobody could park with it
    while (!stopped && !Thread.currentThread().isInterrupted()) {
      look.run();
      if (isBusy()) {
        LockSupport.parkNanos(HELD_NANOS);
      } else {
        sleep();
      }
    }
  }

  private void look() {
    for (Pump pump : pumps) {
      Turn holder = pump.heldBy(HELD_NANOS, HELD_ANYHOW_NANOS);
      if (holder != null) {
        replace(pump, holder);
      }
    }
    if (isBusy()) {
      linger.adjust(System.nanoTime());
    }
  }

  private boolean isBusy() {
    if (!ready.isEmpty()) {
      return true;
    }
    for (Pump pump : pumps) {
      if (pump.isServing()) {
        return true;
      }
    }
    return false;
  }

  /** At the last bound the pump stays where it is: threads without end would cost everybody. */
  private void replace(Pump pump, Turn holder) {
    if (!takePlace(mostHeld())) {
      holder.setApart(); // so that it holds no pump another time
      return;
    }
    try {
      if (pump.replace(holder)) {
        startPump();
        replacements.increment();
      } else {
        apart.decrementAndGet();
      }
    } catch (RuntimeException | Error e) { // the watchdog must outlive it
      pump.restore();
      apart.decrementAndGet();
      LOG.log(Level.ERROR, "TRAIL0403E: There is no thread to be had in place of a held one", e);
    }
  }

  /** Until a pump has something to do. */
  private void sleep() {
    asleep = true;
    if (!isBusy() && !stopped) {
      LockSupport.park(this);
    }
    asleep = false;
  }

  /** A pump has begun to serve. */
  void serving() {
    if (asleep) {
      LockSupport.unpark(watchdog);
    }
  }

  void begun(Pump pump) {
    pumps.add(pump);
  }

  void ended(Pump pump) {
    pumps.remove(pump);
    if (pump.duty() == Pump.Duty.READY && !stopped) {
      bereft = true;
    }
  }

  private void startPump() {
    Pump pump = new Pump(this, Pump.Duty.READY);
    threads.newThread(pump).start();
  }

  boolean isStopped() {
    return stopped;
  }

  /** The next one to serve, or null if there is none for a while. */
  Turn nextReady() throws InterruptedException {
    return ready.poll(1, TimeUnit.SECONDS);
  }

  /** The next stalled one to serve, or null if there is none and the thread may end. */
  Turn nextStalled() throws InterruptedException {
    if (apart.get() > count.stalled()) { // it came in place of a pump
      return null;
    }
    apartIdle.incrementAndGet();
    Turn next = stopped ? stalled.poll() : stalled.poll(IDLE_SECONDS, TimeUnit.SECONDS);
    apartIdle.decrementAndGet();
    if (next != null) {
      serveStalled(); // whoever came meanwhile may have taken this thread for idle
    }
    return next;
  }

  /**
   * A thread for stalled readers wants to end. It may not if one has come meanwhile, seen that this
   * thread was idle, and so relies on it.
   */
  boolean mayEnd() {
    apart.decrementAndGet(); // first: whoever comes from now on gets a thread of its own
    return stalled.isEmpty() || stopped || !takePlace(count.stalled());
  }

  void failed(Throwable problem) {
    Enduring.log(LOG, Level.ERROR, "TRAIL0404E: A reader could not be served", problem);
  }
}
