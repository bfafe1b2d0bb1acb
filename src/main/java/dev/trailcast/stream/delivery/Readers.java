package dev.trailcast.stream.delivery;

import dev.trailcast.activity.View;
import dev.trailcast.container.Enduring;
import dev.trailcast.http.Query;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Rights;
import dev.trailcast.security.Sessions;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.RetryDelay;
import dev.trailcast.stream.wire.SinkOutlet;
import dev.trailcast.stream.wire.WriteBuffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Everybody who is here: lets readers in and has them served, and ends them all at the end.
 *
 * <p>Safe for use by many threads. Listeners are called on a thread that serves readers and must
 * not block.
 */
@ApplicationScoped
public class Readers {
  private static final System.Logger LOG = System.getLogger(Readers.class.getName());

  /** Who registers sinks: code of the application's own. */
  private static final Caller APPLICATION =
      new Caller(null, null, Set.of(), Rights.NONE, Optional.empty(), null);

  /** Hears that a stream has ended. */
  public interface EndListener {
    /**
     * @param sink as the application knows the reader
     * @param cause what went wrong, or null
     */
    void ended(SseEventSink sink, CloseReason reason, Throwable cause);
  }

  /** What readers are served with. */
  private record Serving(Trail trail, Pumps pumps) {}

  // fixed at birth
  private final Admission admission;
  private final Sessions sessions;
  private final RetryDelay retry;
  private final Duration maximumLife;
  private final String born = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

  // safe by themselves
  private final Map<SseEventSink, Subscriber> subscribers = new ConcurrentHashMap<>();
  private final ConcurrentNavigableMap<Long, Seat> seats = new ConcurrentSkipListMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final List<EndListener> endListeners = new CopyOnWriteArrayList<>();
  private final Visits visits = new Visits();
  private final Deliveries deliveries = new Deliveries();
  private final AtomicReference<CloseReason> closed = new AtomicReference<>();
  private final AtomicReference<Serving> serving = new AtomicReference<>();

  // safe by itself; null before there is one
  private final AtomicReference<Subscriber> canaryReader = new AtomicReference<>();

  // those who wait for the seats to be given back
  private final Object change = new Object();

  @Inject
  public Readers(DeliverySettings settings, Sessions sessions) {
    this.sessions = sessions;
    this.admission = new Admission(settings.readers());
    this.retry = new RetryDelay(settings.wire().retry(), settings.drain().retry());
    this.maximumLife = settings.wire().maximumLife();
  }

  /** For the container's proxy. */
  protected Readers() {
    this.admission = null;
    this.sessions = null;
    this.retry = null;
    this.maximumLife = null;
  }

  /** The trail is there, and who writes: readers may come. */
  void open(Trail trail, Pumps pumps) {
    serving.set(new Serving(trail, pumps));
  }

  /** Whether the trail is there. */
  public boolean isOpen() {
    return serving.get() != null;
  }

  /**
   * The trail that readers follow.
   *
   * @throws RefusedException if it is not there
   */
  public Trail trail() {
    return serving().trail();
  }

  private Serving serving() {
    return Optional.ofNullable(serving.get()).orElseThrow(() -> refusal(CloseReason.UNAVAILABLE));
  }

  /** When clients come back. */
  RetryDelay retry() {
    return retry;
  }

  /**
   * Lets somebody in.
   *
   * @throws RefusedException if it can't come in now
   */
  public Seat enter(Caller caller, Asked asked) {
    Optional<CloseReason> reason = admit(caller);
    if (reason.isPresent()) {
      throw refusal(reason.get());
    }
    Seat seat = seat(caller, asked, end(caller), () -> admission.leave(caller));
    if (caller.session() != null) {
      sessions.join(caller.session(), caller.name(), seat);
    }
    return seat;
  }

  private Instant end(Caller caller) {
    Instant ofLogIn = caller.until().orElse(Instant.MAX);
    Instant ofLife = caller.name() == null ? Instant.MAX : Instant.now().plus(maximumLife);
    return ofLogIn.isBefore(ofLife) ? ofLogIn : ofLife;
  }

  /** Ends the streams of those that have to say anew who they are. */
  void expire(Instant now) {
    seats.values().forEach(seat -> seat.expire(now));
  }

  /** Ends the streams of all who came by themselves: each has to say anew who it is. */
  void askAnew() {
    seats.values().stream()
        .filter(seat -> seat.caller() != APPLICATION)
        .forEach(seat -> end(seat, CloseReason.EXPIRED));
  }

  private Optional<CloseReason> admit(Caller caller) {
    if (closed.get() != null) {
      return Optional.of(closed.get());
    }
    Serving open = serving.get();
    if (open == null) {
      return Optional.of(CloseReason.UNAVAILABLE);
    }
    if (open.pumps().areExhausted()) {
      return Optional.of(CloseReason.FULL);
    }
    return admission.enter(caller);
  }

  /** For whoever is turned away for this reason, which is counted. */
  public RefusedException refusal(CloseReason reason) {
    visits.refused().increment(reason);
    return new RefusedException(reason, Duration.ofMillis(retry.refused(reason)));
  }

  private Seat seat(Caller caller, Asked asked, Instant end, Runnable givenBack) {
    Seat seat = new Seat(this, numbers.incrementAndGet(), caller, asked, end, givenBack);
    seats.put(seat.number(), seat);
    if (closed.get() == CloseReason.DRAINING) { // since it was asked
      seat.end(CloseReason.DRAINING);
    }
    return seat;
  }

  /**
   * Who is here, those who came first first. Costs those who are served nothing.
   *
   * @param after the id of one behind whom to begin, here still or not; null for the first
   * @param user whose; null for all
   * @param most how many at most
   * @throws IllegalArgumentException if nobody has ever had the id since the application began
   */
  public List<ReaderStatus> here(String after, String user, int most) {
    long last = after == null ? 0 : number(after);
    if (last > numbers.get()) {
      throw Query.notAllowed("after", "the id of a reader that is here, or was", after);
    }
    return seats.tailMap(last, false).values().stream()
        .filter(seat -> user == null || user.equals(seat.caller().name()))
        .limit(most)
        .map(seat -> seat.status(id(seat)))
        .toList();
  }

  /**
   * Has a reader end.
   *
   * @return who that is; empty if it is not here
   */
  public Optional<ReaderStatus> end(String id) {
    return Optional.ofNullable(seats.get(number(id)))
        .map(
            seat -> {
              ReaderStatus status = seat.status(id);
              seat.end(CloseReason.ENDED);
              return status;
            });
  }

  /** With which one can't be mistaken for another that had the same number before a restart. */
  private String id(Seat seat) {
    return born + '-' + seat.number();
  }

  /** One that nobody has where it is no id of this application's. */
  private long number(String id) {
    try {
      return id.startsWith(born + '-')
          ? Long.parseLong(id, born.length() + 1, id.length(), 10)
          : Long.MAX_VALUE;
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** A seat is free again. */
  void left(Seat seat) {
    sessions.leave(seat);
    synchronized (change) {
      seats.remove(seat.number());
      change.notifyAll();
    }
  }

  /** Has whoever was let in served, until its stream ends. */
  public void follow(Seat seat, Outlet outlet, Feed.Beginning feed) {
    Subscriber subscriber =
        new Subscriber(serving().pumps(), feed, outlet, retry, new Guest(null, seat));
    serve(subscriber, seat, subscriber);
  }

  /** Somebody who is served: what becomes of it is counted, and told. */
  private final class Guest implements Subscriber.Listener {
    private final SseEventSink sink; // null where that is the reader itself
    private final Seat seat;
    private boolean begun; // only the thread that serves it

    Guest(SseEventSink sink, Seat seat) {
      this.sink = sink;
      this.seat = seat;
    }

    @Override
    public void wrote(WriteBuffer out, long bytes) {
      if (!begun) {
        begun = true;
        visits.opening().record(seat.age());
      }
      deliveries.add(out, bytes);
    }

    @Override
    public void caughtUp() {
      if (seat.isResumed()) {
        visits.reconnection().record(seat.age());
      }
    }

    @Override
    public void ended(Subscriber reader, CloseReason reason, Throwable cause) {
      visits.ended().increment(reason);
      visits.stay().record(seat.age());
      Readers.this.ended(sink == null ? reader : sink, seat, reason, cause);
    }
  }

  /** Somebody begins its stream behind the newest. */
  void beginsBehind(long behind, boolean before) {
    if (behind > 0) {
      visits.replays().increment();
    }
    if (before) {
      visits.resumed().increment();
      visits.resumedBehind().record(behind);
    }
  }

  /**
   * Has a sink of the runtime's follow the trail from now on, once, as far as a view goes. It takes
   * nobody's place.
   *
   * @throws RefusedException if there is no trail yet
   */
  public synchronized void register(SseEventSink sink, View view) {
    if (sink instanceof Subscriber || subscribers.containsKey(sink)) {
      return; // it follows already
    }
    Trail trail = trail();
    Outlet outlet = new SinkOutlet(sink);
    Place now = new Place(trail.tail().head(), null);
    Feed.Beginning feed = reader -> new TrailFeed(trail, reader, view, now, outlet, null);
    Asked asked = new Asked(Asked.Door.SINK, view.filter());
    Seat seat = seat(APPLICATION, asked, Instant.MAX, () -> {});
    Subscriber subscriber =
        new Subscriber(serving().pumps(), feed, outlet, retry, new Guest(sink, seat));
    subscriber.turn().setApart(); // a runtime's sink may block for as long as it likes
    serve(sink, seat, subscriber);
  }

  /**
   * Sees to it that canaries are read: by one that is served like any reader, and writes nowhere.
   * It takes nobody's place, and is not counted. To be called again and again by one thread, for
   * what may have become of it meanwhile.
   *
   * @param listener the same each time
   * @throws RefusedException if there is no trail yet
   */
  public void readCanaries(CanaryListener listener) {
    Serving open = serving();
    Subscriber reader = canaryReader.get();
    if (reader != null && !reader.isClosed()) {
      reader.turn().judge(0); // it takes whatever it is written
      return;
    }
    Subscriber next = CanaryReader.subscribe(open.trail().tail(), open.pumps(), retry, listener);
    canaryReader.set(next);
    next.start();
  }

  private void serve(SseEventSink sink, Seat seat, Subscriber subscriber) {
    subscribers.put(sink, subscriber);
    visits.opened().increment(seat.asked().door());
    subscriber.start();
    seat.occupy(subscriber);
    CloseReason reason = closed.get();
    if (reason != null) { // closed since it was asked
      subscriber.close(reason);
    }
  }

  private void ended(SseEventSink sink, Seat seat, CloseReason reason, Throwable cause) {
    subscribers.remove(sink);
    seat.leave();
    LOG.log(Level.DEBUG, "A stream has ended: {0}", reason);
    for (EndListener listener : endListeners) {
      listener.ended(sink, reason, cause);
    }
  }

  /** Every stream there is; a live view. */
  Collection<Subscriber> subscribers() {
    return subscribers.values();
  }

  /** How far what readers follow is behind the journal, in time; zero where it is not there. */
  public Duration lag() {
    return isOpen() ? trail().lag().time() : Duration.ZERO;
  }

  /** Who has come, and how that went. */
  public Visits visits() {
    return visits;
  }

  /** What readers were given. */
  public Deliveries deliveries() {
    return deliveries;
  }

  /** How many pages were read from the journal for readers that were behind the tail. */
  public long historyPages() {
    return isOpen() ? trail().history().pagesRead() : 0;
  }

  /** How often a pump was held by a reader that stalled, and replaced. */
  public long pumpsReplaced() {
    return isOpen() ? serving().pumps().replacements() : 0;
  }

  /** How many streams are open. */
  public int streams() {
    return subscribers.size();
  }

  /** How many readers follow the trail now. */
  public int following() {
    return (int) subscribers.values().stream().filter(Subscriber::followsTheTrail).count();
  }

  /** How many requests have something looked for in the journal now. */
  public int searches() {
    return isOpen() ? trail().searches().underWay() : 0;
  }

  /** How many threads stalled readers hold, each of them one. */
  public int threadsHeld() {
    return isOpen() ? serving().pumps().held() : 0;
  }

  /** How many stalled readers are not written to: until they read, or for want of a thread. */
  public int stalledWaiting() {
    return isOpen() ? serving().pumps().stalledWaiting() : 0;
  }

  /** How long a reader's next write waits for more to send, which grows under load. */
  public Duration linger() {
    return Duration.ofNanos(isOpen() ? serving().pumps().lingerNanos() : 0);
  }

  /** The listener is told of each stream that ends. */
  public void onEnd(EndListener listener) {
    endListeners.add(listener);
  }

  /** The listener is told of each stream that ends, and why. */
  public void onEnd(Consumer<CloseReason> listener) {
    onEnd((sink, reason, cause) -> listener.accept(reason));
  }

  /** How much of the room for readers is taken, from 0 to 1. */
  public double filling() {
    return admission.filling();
  }

  /**
   * How much is left before readers are turned away because others stall: none of it is taken at 0,
   * all at 1.
   */
  public double stalling() {
    return isOpen() ? serving().pumps().stalling() : 0;
  }

  /** Whether everybody is let go because the application ends, and nobody is let in. */
  public boolean isDraining() {
    return closed.get() == CloseReason.DRAINING;
  }

  /** Whether nobody is let in any more. */
  public boolean isClosed() {
    return closed.get() != null;
  }

  /**
   * Ends every stream, and lets nobody in any more.
   *
   * @param cascading whether to close sinks of the runtime's, too; else they are let go
   */
  public void close(boolean cascading) {
    if (closed.compareAndSet(null, CloseReason.CLOSED)) {
      subscribers.forEach(
          (sink, subscriber) ->
              subscriber.close(
                  cascading || sink == subscriber ? CloseReason.CLOSED : CloseReason.RELEASED));
    }
  }

  /** One's trouble is not the others'. */
  private static void end(Seat seat, CloseReason reason) {
    new Enduring(
            LOG,
            "TRAIL0412E: A reader could not be told that it ends: " + reason,
            () -> seat.end(reason))
        .run();
  }

  /**
   * Has everybody end because the application goes: each reader gets what it has not been sent, and
   * who waits for a page an answer, as far as they take it in this time.
   */
  public void drain(Duration time) throws InterruptedException {
    closed.compareAndSet(null, CloseReason.DRAINING);
    long deadline = System.nanoTime() + time.toNanos();
    seats.values().forEach(seat -> end(seat, CloseReason.DRAINING));
    synchronized (change) {
      long left = time.toMillis();
      while (!seats.isEmpty() && left > 0) {
        change.wait(left);
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      }
    }
  }

  /** Lets readers come again after a drain, for the application does not end after all. */
  public void reopen() {
    closed.compareAndSet(CloseReason.DRAINING, null);
  }
}
