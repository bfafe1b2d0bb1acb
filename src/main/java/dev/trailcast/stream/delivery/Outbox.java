package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.TransientEvent;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Events that the application sends to one subscriber alone. Bounded: to one that does not read, no
 * more than {@link #MOST} wait, and the sender of the next is told. Safe for use by many threads.
 */
final class Outbox {
  static final int MOST = 64;

  /** An event, and the stage that tells its sender. */
  record Sending(TransientEvent event, CompletableFuture<Object> stage) {}

  // guarded by this; null until it is first used, which is seldom
  private Queue<Sending> waiting;

  /** The stage completes when the event was written, or fails. */
  CompletableFuture<Object> add(OutboundSseEvent event) {
    Sending sending = new Sending(new TransientEvent(event), new CompletableFuture<>());
    synchronized (this) {
      if (waiting == null) {
        waiting = new ArrayDeque<>();
      }
      if (waiting.size() < MOST) {
        waiting.add(sending);
        return sending.stage();
      }
    }
    sending
        .stage()
        .completeExceptionally(
            new IllegalStateException("The reader does not read: " + MOST + " events wait for it"));
    return sending.stage();
  }

  /** Everything that waits, in its order. */
  synchronized List<Sending> takeAll() {
    if (waiting == null) {
      return List.of();
    }
    List<Sending> all = new ArrayList<>(waiting);
    waiting = null;
    return all;
  }
}
