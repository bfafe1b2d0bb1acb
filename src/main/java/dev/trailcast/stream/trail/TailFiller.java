package dev.trailcast.stream.trail;

import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalBatch;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
  private final Journal journal;
  private final TailSize size;

  // safe by themselves: from the journal's writer to this thread
  private final BlockingQueue<JournalBatch> notes = new ArrayBlockingQueue<>(MOST_NOTES);
  private final CompletableFuture<Tail> filled = new CompletableFuture<>();
  private volatile boolean missed;
  private volatile boolean stopped;

  // only the thread that fills it first, then this one's
  private final WriteBuffer scratch = new WriteBuffer();
  private Tail tail;

  public TailFiller(Journal journal, TailSize size) {
    this.journal = journal;
    this.size = size;
  }

  /** Takes note of a batch, on the journal's writing thread. */
  public void note(JournalBatch batch) {
    if (!notes.offer(batch)) {
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
    StreamPosition head = journal.head();
    long from = Math.max(journal.floor().offset(), head.offset() - size.entries());
    Tail first = new Tail(size, head.at(from));
    readOn(first);
    tail = first;
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
      } catch (JournalException e) {
        LOG.log(System.Logger.Level.DEBUG, "The journal can't be read now", e);
        missed = true;
        pause();
      } catch (InterruptedException e) {
        stopped = true; // the server takes its threads back
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "The tail could not take an entry; reads it anew", e);
        missed = true;
        pause();
      }
    }
  }

  private void follow(JournalBatch batch) {
    if (missed) {
      missed = false; // before reading: what is missed from now on, is missed after it
      readOn(tail);
    }
    if (batch == null) {
      return;
    }
    List<JournalEntry> entries = batch.entries();
    if (entries.get(0).offset() > tail.head().offset() + 1) {
      readOn(tail); // something lies between, or is no longer there
    }
    long head = tail.head().offset();
    add(tail, entries.stream().filter(entry -> entry.offset() > head).toList());
  }

  private void readOn(Tail tail) {
    while (!stopped) {
      StreamPosition head = tail.head();
      JournalPage page = journal.read(head.offset(), PAGE);
      if (page.after().offset() > head.offset()) {
        tail.restartAt(page.after());
      }
      add(tail, page.entries());
      if (page.upTo().offset() > tail.head().offset()) {
        tail.skipTo(page.upTo());
      }
      if (page.upTo().equals(head)) {
        return;
      }
    }
  }

  private void add(Tail tail, List<JournalEntry> entries) {
    if (!entries.isEmpty()) {
      tail.add(entries.stream().map(entry -> new RecordedFrame(entry, scratch)).toList());
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLISECONDS);
    } catch (InterruptedException e) {
      stopped = true;
    }
  }
}
