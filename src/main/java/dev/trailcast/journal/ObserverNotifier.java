package dev.trailcast.journal;

import dev.trailcast.container.Enduring;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Tells an application's observers what was appended, on a thread of its own: whatever they do,
 * nobody else waits for them. Nothing is queued for them. It remembers how far they have been told,
 * and reads on from there, so those that are slow get more at a time.
 */
final class ObserverNotifier implements Runnable {
  private static final System.Logger LOG = System.getLogger(ObserverNotifier.class.getName());

  private static final int PAGE = 1_000;
  private static final long RETRY_MILLISECONDS = 1_000;

  /** Kinds of failures that are logged; an application hardly has more. */
  private static final int MOST_KINDS = 100;

  // fixed at birth
  private final JournalReader journal;
  private final Consumer<JournalPage> observers;

  // only its thread
  private Optional<Silence> silence = Optional.empty();

  // safe by themselves
  private final LongAdder failures = new LongAdder();
  private final Set<String> kindsLogged = ConcurrentHashMap.newKeySet();

  // guarded by this
  private StreamPosition told; // up to here; null before anything was announced
  private StreamPosition announced; // up to here; null as well
  private boolean stopped;

  /** From where to where there was no entry that they would have been told of. */
  private record Silence(StreamPosition after, StreamPosition upTo) {}

  /**
   * @param observers all of them; called by one thread, and may block or fail
   */
  ObserverNotifier(JournalReader journal, Consumer<JournalPage> observers) {
    this.journal = journal;
    this.observers = observers;
  }

  /**
   * There is something new. Only takes note; the first page says where it begins, and the first of
   * another history where that goes on.
   */
  synchronized void note(JournalPage page) {
    if (told == null || isOfAnotherHistory(page)) {
      told = page.after();
    }
    announced = page.upTo();
    notifyAll();
  }

  private boolean isOfAnotherHistory(JournalPage page) {
    return !page.after().epoch().equals(announced.epoch())
        || page.after().offset() < announced.offset();
  }

  /** How many offsets the observers are behind what was announced. */
  synchronized long behind() {
    return told == null ? 0 : Math.max(0, announced.offset() - told.offset());
  }

  /** How often observers have failed. */
  long failures() {
    return failures.sum();
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-observers");
    try {
      while (awaitNews()) {
        try {
          tellNext();
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          Level level = e instanceof JournalException ? Level.DEBUG : Level.ERROR;
          Enduring.log(LOG, level, "TRAIL0117E: The journal can't be read for observers now", e);
          pause();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server takes its threads back
    }
  }

  private synchronized boolean awaitNews() throws InterruptedException {
    while (!stopped && behind() == 0) {
      wait();
    }
    return !stopped;
  }

  private synchronized void pause() throws InterruptedException {
    if (!stopped) {
      wait(RETRY_MILLISECONDS);
    }
  }

  private void tellNext() {
    StreamPosition begin = begin();
    JournalPage page = journal.read(begin.offset(), PAGE);
    StreamPosition after =
        silence
            .filter(before -> before.upTo().equals(page.after()))
            .map(Silence::after)
            .orElse(page.after());
    if (page.entries().isEmpty()) {
      silence = Optional.of(new Silence(after, page.upTo()));
      move(begin, page.upTo());
      return;
    }
    silence = Optional.empty();
    try {
      observers.accept(new JournalPage(after, page.entries(), page.upTo()));
    } catch (Throwable e) {
      failed(e);
    } finally {
      Thread.interrupted(); // they may have left one behind
      move(begin, page.upTo());
    }
  }

  private synchronized StreamPosition begin() {
    return told;
  }

  private synchronized void move(StreamPosition from, StreamPosition upTo) {
    if (told.equals(from)) { // else another history has begun meanwhile
      told = upTo;
    }
  }

  private void failed(Throwable e) {
    failures.increment();
    String kind = e.getClass().getName() + causeOf(e);
    if (kindsLogged.size() < MOST_KINDS && kindsLogged.add(kind)) {
      Enduring.log(
          LOG,
          Level.ERROR,
          "TRAIL0118E: An observer of what was recorded has failed; more of this kind is only counted",
          e);
    }
  }

  /** CDI wraps what is checked. */
  private static String causeOf(Throwable e) {
    return e.getCause() == null ? "" : " of " + e.getCause().getClass().getName();
  }
}
