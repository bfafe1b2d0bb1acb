package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Knows everybody who follows. It is an {@link SseBroadcaster} for application code, too:
 *
 * <ul>
 *   <li>What is {@link #broadcast} goes to whoever is connected; it is not recorded and has no
 *       position. The stage completes when it is on everybody's trail, not when the slowest has
 *       read it; who stalls for long may miss it.
 *   <li>A sink of the runtime's that is {@link #register registered} follows the trail from then
 *       on, as far as anybody may. One that can't be written is taken off the list.
 *   <li>Our own readers end when it is closed, cascading or not: nobody else has hold of them.
 * </ul>
 *
 * <p>Safe for use by many threads. Listeners are called on a thread that serves readers and must
 * not block.
 */
@ApplicationScoped
public class Broadcaster implements SseBroadcaster {
  private static final System.Logger LOG = System.getLogger(Broadcaster.class.getName());
  private static final View WHAT_ANYBODY_SEES = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);

  // fixed at birth
  private final Admission admission;

  // safe by themselves
  private final Map<SseEventSink, Subscriber> subscribers = new ConcurrentHashMap<>();
  private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<SseEventSink, Throwable>> errorListeners =
      new CopyOnWriteArrayList<>();
  private final List<Consumer<CloseReason>> endListeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<CloseReason>> refusalListeners = new CopyOnWriteArrayList<>();
  private final AtomicReference<CloseReason> closed = new AtomicReference<>();
  private volatile Trail trail;

  @Inject
  public Broadcaster(StreamSettings settings) {
    this.admission = new Admission(settings.readers());
  }

  /** For the container's proxy. */
  protected Broadcaster() {
    this.admission = null;
  }

  /** The trail is there; readers may come. */
  void open(Trail trail) {
    this.trail = trail;
  }

  /** Whether the trail is there. */
  public boolean isOpen() {
    return trail != null;
  }

  /**
   * Lets a client in, who then may {@link #follow}, or has to {@link #leave}.
   *
   * @return why he can't follow now, if that is so
   */
  Optional<CloseReason> enter(Admission.Client client) {
    Optional<CloseReason> refusal = admit(client);
    refusal.ifPresent(reason -> tell(refusalListeners, reason));
    return refusal;
  }

  private Optional<CloseReason> admit(Admission.Client client) {
    if (closed.get() != null) {
      return Optional.of(closed.get());
    }
    if (trail == null) {
      return Optional.of(CloseReason.UNAVAILABLE);
    }
    if (trail.pumps().areExhausted()) {
      return Optional.of(CloseReason.FULL);
    }
    return admission.enter(client);
  }

  /** Gives up the place of a client who has entered but does not follow. */
  void leave(Admission.Client client) {
    admission.leave(client);
  }

  /** The trail readers follow; to be asked for only by who has {@link #enter entered}. */
  Trail trail() {
    return trail;
  }

  /**
   * Lets a client who has entered follow, from a place on; at the end he leaves.
   *
   * @param conflation keeps him to a rate, or null
   * @return what sends to him alone
   */
  SseEventSink follow(
      Admission.Client client, View view, Place place, Outlet outlet, Conflation conflation) {
    Subscriber.EndListener end =
        (ended, reason, cause) -> {
          admission.leave(client);
          ended(ended, reason, cause);
        };
    Subscriber subscriber = new Subscriber(trail, view, place, outlet, conflation, end);
    follow(subscriber, subscriber);
    return subscriber;
  }

  /** Everybody who follows now; a live view. */
  Collection<Subscriber> subscribers() {
    return subscribers.values();
  }

  /** How many readers there are now. */
  public int readers() {
    return subscribers.size();
  }

  /** How many threads stalled readers hold, each of them one. */
  public int threadsHeld() {
    return isOpen() ? trail.pumps().held() : 0;
  }

  /** How many stalled readers are not written to, for there are no more threads for such. */
  public int stalledWaiting() {
    return isOpen() ? trail.pumps().stalledWaiting() : 0;
  }

  /** How long a reader's next write waits for more to send, which grows under load. */
  public Duration gatheringDelay() {
    return Duration.ofNanos(isOpen() ? trail.pumps().gathering().delay() : 0);
  }

  /** The listener is told of each stream that ends, and why. */
  public void onEnd(Consumer<CloseReason> listener) {
    endListeners.add(listener);
  }

  /** The listener is told of each client that is turned away, and why. */
  public void onRefusal(Consumer<CloseReason> listener) {
    refusalListeners.add(listener);
  }

  @Override
  public synchronized void register(SseEventSink sink) {
    checkOpen();
    if (trail == null) {
      throw new IllegalStateException("There is no trail to follow: the journal can't be read yet");
    }
    if (sink instanceof Subscriber || subscribers.containsKey(sink)) {
      return; // it follows already
    }
    Place now = new Place(trail.tail().head(), null);
    Subscriber subscriber =
        new Subscriber(
            trail,
            WHAT_ANYBODY_SEES,
            now,
            new SinkOutlet(sink),
            (ended, reason, cause) -> ended(sink, reason, cause));
    subscriber.setApart(); // a runtime's sink may block for as long as it likes
    follow(sink, subscriber);
  }

  @Override
  public CompletionStage<?> broadcast(OutboundSseEvent event) {
    checkOpen();
    if (trail != null) {
      trail.tail().add(new TransientFrame(event));
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onClose(Consumer<SseEventSink> listener) {
    checkOpen();
    closeListeners.add(listener);
  }

  @Override
  public void onError(BiConsumer<SseEventSink, Throwable> listener) {
    checkOpen();
    errorListeners.add(listener);
  }

  @Override
  public void close() {
    close(true);
  }

  @Override
  public void close(boolean cascading) {
    if (closed.compareAndSet(null, CloseReason.CLOSED)) {
      subscribers.forEach(
          (sink, subscriber) ->
              subscriber.close(
                  cascading || sink == subscriber ? CloseReason.CLOSED : CloseReason.RELEASED));
    }
  }

  /**
   * Ends every stream because the application goes: each reader gets what it has not been sent, as
   * far as it takes it in this time.
   */
  void drain(Duration time) throws InterruptedException {
    closed.compareAndSet(null, CloseReason.DRAINING);
    long deadline = System.nanoTime() + time.toNanos();
    synchronized (subscribers) {
      subscribers.values().forEach(subscriber -> subscriber.close(CloseReason.DRAINING));
      long left = time.toMillis();
      while (!subscribers.isEmpty() && left > 0) {
        subscribers.wait(left);
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      }
    }
  }

  /** Lets readers come again after a drain, for the application does not end after all. */
  void reopen() {
    closed.compareAndSet(CloseReason.DRAINING, null);
  }

  private void follow(SseEventSink sink, Subscriber subscriber) {
    subscribers.put(sink, subscriber);
    subscriber.start();
    CloseReason reason = closed.get();
    if (reason != null) { // closed since it was asked
      subscriber.close(reason);
    }
  }

  private void ended(SseEventSink sink, CloseReason reason, Throwable cause) {
    synchronized (subscribers) {
      subscribers.remove(sink);
      subscribers.notifyAll();
    }
    LOG.log(Level.DEBUG, "A stream has ended: {0}", reason);
    tell(endListeners, reason);
    if (cause != null && !errorListeners.isEmpty()) {
      tellOfProblem(sink, cause);
    }
    if (reason != CloseReason.RELEASED) {
      closeListeners.forEach(listener -> tell(() -> listener.accept(sink)));
    }
  }

  private void tellOfProblem(SseEventSink sink, Throwable cause) {
    if (!(cause instanceof SinkOutlet.AlreadyClosedException)) {
      Throwable problem =
          cause instanceof IOException && cause.getCause() != null ? cause.getCause() : cause;
      errorListeners.forEach(listener -> tell(() -> listener.accept(sink, problem)));
    }
  }

  private static void tell(List<Consumer<CloseReason>> listeners, CloseReason reason) {
    listeners.forEach(listener -> tell(() -> listener.accept(reason)));
  }

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A listener of the application failed", e);
    }
  }

  private void checkOpen() {
    if (closed.get() != null) {
      throw new IllegalStateException("The broadcaster is closed");
    }
  }
}
