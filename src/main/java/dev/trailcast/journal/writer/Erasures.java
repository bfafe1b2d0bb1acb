package dev.trailcast.journal.writer;

import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.EntryStore;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The line of those that are asked for: one {@link Erasing} at a time is under way. Whoever asks
 * for the same actor as one that waits is answered with that. For the thread that writes.
 */
public final class Erasures {
  private final LongSupplier nanoTime;
  private final Map<String, CompletableFuture<Erased>> waiting = new LinkedHashMap<>(); // by actor
  private Optional<Erasing> underWay = Optional.empty();

  /**
   * Of which none is asked for.
   *
   * @param nanoTime the monotonic clock
   */
  public Erasures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Appends what tells of one. */
  public interface Notice {
    /** Where it stands. */
    StreamPosition append(Erasure erasure) throws SQLException, IOException;
  }

  /** One is asked for. */
  public void add(String actor, CompletableFuture<Erased> answer) {
    CompletableFuture<Erased> same = waiting.putIfAbsent(actor, answer);
    if (same != null) {
      same.whenComplete(
          (erased, failure) -> {
            if (failure == null) {
              answer.complete(erased);
            } else {
              answer.completeExceptionally(failure);
            }
          });
    }
  }

  /** How long there is nothing to do for them; this long at most. */
  public Duration pause(Duration longest) {
    if (underWay.isPresent()) {
      return underWay.get().pause();
    }
    return waiting.isEmpty() ? longest : Duration.ZERO;
  }

  /** Does a part that takes milliseconds, unless there is nothing to do. */
  public void goOn(EntryStore store, Notice notice) throws SQLException, IOException {
    if (underWay.isEmpty()) {
      underWay = first(store);
    }
    if (underWay.isPresent() && underWay.get().goOn(store, notice)) {
      underWay = Optional.empty();
    }
  }

  /** Erases, from now on, all that its actor did so far. */
  private Optional<Erasing> first(EntryStore store) {
    Optional<String> actor = waiting.keySet().stream().findFirst();
    return actor.map(
        name -> new Erasing(name, store.extent().head(), nanoTime, waiting.remove(name)));
  }

  /** None of them is done. */
  public void fail(JournalUnavailableException why) {
    if (underWay.isPresent()) { // by no lambda expression: it may be the end
      underWay.get().fail(why);
      underWay = Optional.empty();
    }
    for (CompletableFuture<Erased> answer : waiting.values()) {
      answer.completeExceptionally(why);
    }
    waiting.clear();
  }
}
