package dev.trailcast.stream.trail;

import dev.trailcast.container.Enduring;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;

/**
 * The trail for readers that are behind their channel, in pages: from the tail where it reaches
 * back so far, else from the journal. A page that several want is read and encoded once, whatever
 * they filter by, and the least lately used pages are dropped: what they take of memory is bounded,
 * however many readers are behind.
 *
 * <p>Safe for use by many threads. The disk is read by threads of its own, which keep the pumps
 * from waiting for it: whoever wants a page that is not there is told when it is.
 */
public final class History implements Runnable {
  private static final System.Logger LOG = System.getLogger(History.class.getName());
  private static final int MOST_PAGES = 64;

  /** As many bytes of frames; a page of large activities has a quarter of a megabyte. */
  private static final long MOST_BYTES = 16 << 20;

  /** A page takes milliseconds: who waits this long waits for something else. */
  private static final long PATIENCE_SECONDS = 10;

  // fixed at birth
  private final JournalReader journal;
  private final Tail tail;

  private final LongAdder pagesRead = new LongAdder(); // safe by itself

  // guarded by this; the maps' keys say where a page is to begin
  private final ArrayDeque<HistoryPage> pages = new ArrayDeque<>(); // the least lately used first
  private final Map<Long, Set<Waiting>> wanted = new LinkedHashMap<>(); // nobody reads it yet
  private final Map<Long, Set<Waiting>> underWay = new LinkedHashMap<>();
  private long bytes; // of the pages
  private long forgotten; // how often all pages were
  private boolean stopped;

  /** Somebody who waits for a page. Told once, by a thread of history's. */
  public interface Waiting {
    /** It has been read. */
    void receive(HistoryPage page);

    /** It can't be read. */
    void giveUp();
  }

  public History(JournalReader journal, Tail tail) {
    this.journal = journal;
    this.tail = tail;
    tail.onErased(this::forget);
  }

  /** Keeps nothing of what it has read: something was erased, and is in the journal no more. */
  private synchronized void forget() {
    pages.clear();
    bytes = 0;
    forgotten++;
  }

  private synchronized long forgotten() {
    return forgotten;
  }

  /**
   * A page with what comes next after an offset; or null, and then whoever waits is told when there
   * is one.
   */
  public HistoryPage page(long offset, Waiting whoever) {
    synchronized (this) {
      if (!stopped) {
        return pageOrWait(offset, whoever);
      }
    }
    whoever.giveUp();
    return null;
  }

  /** The same for a thread that may wait for it; null if it can't be read. */
  public HistoryPage await(long offset) {
    HistoryPage page = awaitOne(offset);
    while (page != null && !page.covers(offset) && page.upTo() > page.from()) {
      page = awaitOne(offset); // one of large activities ends before: there is another behind it
    }
    return page;
  }

  private HistoryPage awaitOne(long offset) {
    CompletableFuture<HistoryPage> read = new CompletableFuture<>();
    HistoryPage page = page(offset, new Promise(read));
    if (page != null) {
      return page;
    }
    try {
      return read.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "History does not come", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server takes its threads back
    }
    return null;
  }

  private record Promise(CompletableFuture<HistoryPage> page) implements Waiting {
    @Override
    public void receive(HistoryPage received) {
      page.complete(received);
    }

    @Override
    public void giveUp() {
      page.complete(null);
    }
  }

  private HistoryPage pageOrWait(long offset, Waiting whoever) {
    for (Iterator<HistoryPage> each = pages.descendingIterator(); each.hasNext(); ) {
      HistoryPage page = each.next();
      if (page.covers(offset)) {
        each.remove();
        pages.addLast(page);
        return page;
      }
    }
    long beginning = beginning(offset);
    HistoryPage page = tail.page(beginning);
    if (page == null) {
      page = tail.page(offset);
    }
    if (page != null && page.covers(offset)) {
      keep(page);
      return page;
    }
    Set<Waiting> waiting = underWay.get(beginning);
    if (waiting == null) {
      waiting = wanted.computeIfAbsent(beginning, place -> new HashSet<>());
      notifyAll();
    }
    waiting.add(whoever);
    return null;
  }

  /**
   * Where the page for an offset begins: at the same place for all who are about there, but not
   * before the end of another page.
   */
  private long beginning(long offset) {
    long beginning = offset - offset % HistoryPage.MOST_FRAMES;
    for (HistoryPage page : pages) {
      if (page.upTo() <= offset) {
        beginning = Math.max(beginning, page.upTo());
      }
    }
    return beginning;
  }

  private void keep(HistoryPage page) {
    pages.addLast(page);
    bytes += page.bytes();
    while (pages.size() > MOST_PAGES || (bytes > MOST_BYTES && pages.size() > 1)) {
      bytes -= pages.removeFirst().bytes();
    }
  }

  /** How many pages it has read from the journal. */
  public long pagesRead() {
    return pagesRead.sum();
  }

  /** Reads no more; whoever waits is told so. */
  public void stop() {
    List<Waiting> left = new ArrayList<>();
    synchronized (this) {
      stopped = true;
      notifyAll();
      wanted.values().forEach(left::addAll);
      wanted.clear();
    }
    tell(left, null);
  }

  /** Reads what is wanted; as many threads may run it as shall read at a time. */
  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-history");
    WriteBuffer scratch = new WriteBuffer();
    boolean goesOn = true;
    while (goesOn) {
      try {
        Long offset = nextWanted();
        goesOn = offset != null;
        if (goesOn) {
          long before = forgotten();
          finish(offset, read(offset, scratch), before);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // the server takes its threads back
        goesOn = false;
      } catch (Throwable e) { // an Error, too, ends a step and not the thread
        Enduring.log(LOG, Level.ERROR, "TRAIL0427E: History could not be told", e);
      }
    }
  }

  private synchronized Long nextWanted() throws InterruptedException {
    while (wanted.isEmpty() && !stopped) {
      wait();
    }
    if (stopped) {
      return null;
    }
    Long offset = wanted.keySet().iterator().next();
    underWay.put(offset, wanted.get(offset)); // first: they are not to be forgotten if it fails
    wanted.remove(offset);
    return offset;
  }

  /** Null where it can't be read. */
  private HistoryPage read(long offset, WriteBuffer scratch) {
    try {
      JournalPage page = journal.read(offset, HistoryPage.MOST_FRAMES);
      pagesRead.increment();
      List<RecordedFrame> frames =
          page.entries().stream().map(entry -> new RecordedFrame(entry, scratch)).toList();
      return new HistoryPage(offset, page.after().offset(), frames, page.upTo().offset());
    } catch (Throwable e) { // whatever it is, others wait
      Level level = e instanceof JournalException ? Level.DEBUG : Level.ERROR;
      Enduring.log(LOG, level, "TRAIL0428E: History can't be read now", e);
      return null;
    }
  }

  private void finish(long offset, HistoryPage page, long forgottenBefore) {
    tell(takeWaiting(offset, page, forgottenBefore), page);
  }

  /**
   * @param page null where it can't be read
   */
  private static void tell(Collection<Waiting> all, HistoryPage page) {
    for (Waiting waiting : all) {
      try {
        if (page == null) {
          waiting.giveUp();
        } else {
          waiting.receive(page);
        }
      } catch (Throwable e) { // one's trouble is not the others'
        Enduring.log(LOG, Level.ERROR, "TRAIL0429E: Somebody could not be told of history", e);
      }
    }
  }

  private synchronized Set<Waiting> takeWaiting(
      long offset, HistoryPage page, long forgottenBefore) {
    Set<Waiting> waiting = underWay.remove(offset);
    if (page != null && forgottenBefore == forgotten) { // else it may have what is erased
      keep(page);
    }
    return waiting == null ? Set.of() : waiting;
  }
}
