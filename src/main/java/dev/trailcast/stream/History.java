package dev.trailcast.stream;

import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What lies behind the tail, for all who are there: pages of the journal, encoded, read by threads
 * of its own and shared. Whoever comes to a place that a page covers goes on with that page; so
 * readers who are behind fall in step, and the journal is read once for many.
 *
 * <p>Safe for use by many threads. A page is kept until so many others were used more lately; one
 * that a subscriber still writes from lives as long as he needs it.
 */
final class History implements Runnable {
  private static final System.Logger LOG = System.getLogger(History.class.getName());

  /** Entries of a page; where they are large, the journal ends it sooner. */
  private static final int PAGE = 256;

  private static final int MOST_PAGES = 64;

  /**
   * A stretch of the journal.
   *
   * @param from where it was asked to begin
   * @param after where it begins; later than {@code from} if history has a gap there
   * @param upTo where it ends
   */
  record Page(long from, long after, List<RecordedFrame> frames, long upTo) {
    boolean covers(long offset) {
      return offset >= from && offset < upTo;
    }
  }

  // fixed at birth
  private final Journal journal;

  // guarded by this
  private final ArrayDeque<Page> pages = new ArrayDeque<>(); // the least lately used first
  private final Map<Long, Set<Subscriber>> wanted = new LinkedHashMap<>(); // nobody reads it yet
  private final Map<Long, Set<Subscriber>> underWay = new LinkedHashMap<>();
  private boolean stopped;

  History(Journal journal) {
    this.journal = journal;
  }

  /**
   * A page with what comes next after an offset; or null, and then the subscriber is woken when
   * there is one.
   */
  synchronized Page page(long offset, Subscriber subscriber) {
    for (Iterator<Page> each = pages.descendingIterator(); each.hasNext(); ) {
      Page page = each.next();
      if (page.covers(offset)) {
        each.remove();
        pages.addLast(page);
        return page;
      }
    }
    Set<Subscriber> waiting = underWay.get(offset);
    if (waiting == null) {
      waiting = wanted.computeIfAbsent(offset, place -> new HashSet<>());
      notifyAll();
    }
    waiting.add(subscriber);
    return null;
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Reads what is wanted; as many threads may run it as shall read at a time. */
  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-history");
    WriteBuffer scratch = new WriteBuffer();
    try {
      for (Long offset = nextWanted(); offset != null; offset = nextWanted()) {
        read(offset, scratch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server takes its threads back
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
    underWay.put(offset, wanted.remove(offset));
    return offset;
  }

  private void read(long offset, WriteBuffer scratch) {
    try {
      JournalPage page = journal.read(offset, PAGE);
      List<RecordedFrame> frames =
          page.entries().stream().map(entry -> new RecordedFrame(entry, scratch)).toList();
      Page encoded = new Page(offset, page.after().offset(), frames, page.upTo().offset());
      finish(offset, encoded).forEach(waiting -> waiting.receive(encoded));
    } catch (JournalException e) {
      LOG.log(System.Logger.Level.DEBUG, "History can't be read now", e);
      finish(offset, null).forEach(waiting -> waiting.close(CloseReason.UNAVAILABLE));
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "History behind " + offset + " could not be read", e);
      finish(offset, null).forEach(waiting -> waiting.close(CloseReason.UNAVAILABLE));
    }
  }

  private synchronized Set<Subscriber> finish(long offset, Page page) {
    if (page != null) {
      pages.addLast(page);
      if (pages.size() > MOST_PAGES) {
        pages.removeFirst();
      }
    }
    Set<Subscriber> waiting = underWay.remove(offset);
    return waiting == null ? Set.of() : waiting;
  }
}
