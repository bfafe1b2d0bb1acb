package dev.trailcast.stream.trail;

import dev.trailcast.container.Enduring;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Keeps the tail at the head of the journal: from the journal itself at start, then from what it
 * announces, and from the journal again whenever an announcement was missed. Encodes every entry
 * once, on a thread of its own.
 */
public final class TailFiller implements Runnable {
  private static final System.Logger LOG = System.getLogger(TailFiller.class.getName());

  /** Announcements that may wait. More are forgotten, for the journal has them, too. */
  private static final int MOST_NOTES = 64;

  private static final int PAGE = 512;
  private static final long RETRY_MILLISECONDS = 1000;

  // fixed at birth
  private final JournalReader journal;
  private final TailSize size;
  private final Lag lag;

  // safe by themselves: from the journal's thread to this one
  private final BlockingQueue<JournalPage> notes = new ArrayBlockingQueue<>(MOST_NOTES);
  private final CompletableFuture<Tail> filled = new CompletableFuture<>();
  private volatile boolean missed;
  private volatile Optional<JournalEntry> missedCanary = Optional.empty(); // no journal has it
  private volatile boolean stopped;

  // only the thread that fills it first, then this one's
  private final WriteBuffer scratch = new WriteBuffer();
  private Tail tail;
  private Extent known; // as it was when it was looked at last
  private boolean broken; // an entry may have been added to some channels and not to others

  /**
   * @param lag is kept up to date
   */
  public TailFiller(JournalReader journal, TailSize size, Lag lag) {
    this.journal = journal;
    this.size = size;
    this.lag = lag;
  }

  /** Takes note of what the journal announces, on its thread. */
  public void note(JournalPage page) {
    lag.announced(page.upTo().offset());
    if (!notes.offer(page)) {
      canaries(page)
          .reduce((first, last) -> last)
          .ifPresent(last -> missedCanary = Optional.of(last));
      missed = true;
    }
  }

  /** The tail once it has first reached the journal's head. */
  public CompletableFuture<Tail> filled() {
    return filled;
  }

  public void stop() {
    stopped = true;
  }

  /**
   * Fills the tail for the first time.
   *
   * @throws JournalException if the journal can't be read; it is tried again when this one runs
   */
  public void fill() {
    Extent extent = journal.extent();
    long from = beginning(extent);
    Tail first = new Tail(size, extent.at(from));
    readOn(first);
    tail = first;
    known = extent;
    filled.complete(first);
  }

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-tail");
    while (!stopped) {
      try {
        if (tail == null) {
          fill();
        }
        follow(notes.poll(RETRY_MILLISECONDS, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        stopped = true; // the server takes its threads back
      } catch (JournalException e) {
        missed = true;
        Enduring.log(LOG, Level.DEBUG, "The journal can't be read now", e);
        pause();
      } catch (Throwable e) { // an Error, too, ends a step and not the thread
        missed = true;
        broken = true;
        Enduring.log(
            LOG, Level.ERROR, "TRAIL0425E: The tail could not take an entry; it begins anew", e);
        pause();
      }
    }
  }

  private long beginning(Extent extent) {
    return Math.max(extent.floor().offset(), extent.head().offset() - size.entries());
  }

  private void follow(JournalPage announced) {
    Extent extent = journal.extent();
    if (!extent.continues(known)) {
      beginAnew(extent);
      return;
    }
    known = extent;
    if (broken) {
      lag.reached(tail.head().offset());
      tail.restartAt(tail.head()); // what was half added is read again, by its readers, too
      broken = false;
    }
    if (missed) {
      missed = false; // before reading: what is missed from now on, is missed after it
      Optional<JournalEntry> canary = missedCanary;
      missedCanary = Optional.empty();
      readOn(tail);
      canary.ifPresent(missing -> tail.pass(new RecordedFrame(missing, scratch)));
    }
    if (announced == null) {
      lookForMissed();
      return;
    }
    if (announced.after().offset() > tail.head().offset()) {
      readOn(tail); // something lies between, or is no longer there
    }
    add(tail, announced);
  }

  /** In another history. What waits may be of the one before; the journal has the rest. */
  private void beginAnew(Extent extent) {
    LOG.log(
        Level.WARNING, "TRAIL0426W: The journal has begun another history at {0}.", extent.head());
    notes.clear();
    missed = true;
    long from = beginning(extent);
    lag.beginAnew(from);
    tail.beginAnew(extent, extent.at(from));
    known = extent;
  }

  /** Where nothing is announced, nothing should have come. */
  private void lookForMissed() {
    long head = journal.extent().head().offset();
    if (head > tail.head().offset()) {
      lag.announced(head);
      missed = true;
    }
  }

  private void readOn(Tail tail) {
    while (!stopped) {
      StreamPosition head = tail.head();
      JournalPage page = journal.read(head.offset(), PAGE);
      if (page.after().offset() > head.offset()) {
        tail.restartAt(page.after());
      }
      add(tail, page);
      if (page.upTo().equals(head)) {
        return;
      }
    }
  }

  /** Adds what the tail does not have yet. The page begins where the tail ends, or before. */
  private void add(Tail tail, JournalPage page) {
    long head = tail.head().offset();
    List<RecordedFrame> frames =
        page.entries().stream()
            .filter(entry -> entry.offset() > head && !entry.activity().isCanary())
            .map(entry -> new RecordedFrame(entry, scratch))
            .toList();
    lag.reached(Math.max(head, page.upTo().offset())); // before anybody is woken, who may ask
    if (!frames.isEmpty()) {
      tail.add(frames);
    }
    if (page.upTo().offset() > tail.head().offset()) {
      tail.skipTo(page.upTo()); // no entry has the offsets between
    }
    canaries(page).forEach(canary -> tail.pass(new RecordedFrame(canary, scratch)));
  }

  private static Stream<JournalEntry> canaries(JournalPage page) {
    return page.entries().stream().filter(entry -> entry.activity().isCanary());
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
