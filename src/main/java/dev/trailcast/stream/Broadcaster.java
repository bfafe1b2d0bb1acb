package dev.trailcast.stream;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.SinkOutlet;
import dev.trailcast.stream.wire.TransientEvent;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The trail's readers as an {@link SseBroadcaster}, for application code to inject:
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
  private final Readers readers;

  // safe by themselves
  private final List<Consumer<SseEventSink>> closeListeners = new CopyOnWriteArrayList<>();
  private final List<BiConsumer<SseEventSink, Throwable>> errorListeners =
      new CopyOnWriteArrayList<>();

  /** The readers of this application. */
  @Inject
  public Broadcaster(Readers readers) {
    this.readers = readers;
  }

  /** For the container's proxy. */
  protected Broadcaster() {
    this.readers = null;
  }

  @PostConstruct
  void listen() {
    readers.onEnd(this::ended);
  }

  @Override
  public void register(SseEventSink sink) {
    checkOpen();
    if (!readers.isOpen()) {
      throw new IllegalStateException("There is no trail to follow: the journal can't be read yet");
    }
    readers.register(sink, WHAT_ANYBODY_SEES);
  }

  @Override
  public CompletionStage<?> broadcast(OutboundSseEvent event) {
    checkOpen();
    if (readers.isOpen()) {
      readers.trail().tail().add(new TransientEvent(event));
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
    readers.close(cascading);
  }

  private void ended(SseEventSink sink, CloseReason reason, Throwable cause) {
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

  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (Throwable e) { // whatever it is, others are to be told
      LOG.log(Level.WARNING, "TRAIL0401W: A listener of the application failed", e);
    }
  }

  private void checkOpen() {
    if (readers.isClosed()) {
      throw new IllegalStateException("The broadcaster is closed");
    }
  }
}
