package dev.trailcast.journal.writer;

import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.ReaderPool;
import dev.trailcast.journal.store.SqliteReader;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How far the journal reaches as others know it: readers by its extent, the stream by what is
 * announced. Only the writer's thread moves it.
 */
public final class Reach {
  private static final Logger LOG = System.getLogger(Reach.class.getName());

  /** So many entries are announced at a time where a failed commit left them in the file. */
  private static final int PAGE = 1_000;

  // fixed at birth
  private final Consumer<JournalPage> announce;

  // written by the writer's thread, read by all
  private volatile Optional<Extent> extent = Optional.empty(); // none: was never open

  // only the thread that opens first, then the writer's
  private StreamPosition announced; // up to here; of no meaning before it was open

  /**
   * @param announce takes what has become durable, in order
   */
  public Reach(Consumer<JournalPage> announce) {
    this.announce = announce;
  }

  /** From where to where; empty if it was never open. */
  public Optional<Extent> extent() {
    return extent;
  }

  /**
   * Goes on from what is in the file, which after a failed commit may be more than was told.
   *
   * @throws IOException if it is not the file that was told of
   */
  public void resume(Extent found, ReaderPool readers) throws IOException {
    if (extent.isEmpty()) {
      extent = Optional.of(found);
      announced = found.head();
      return;
    }
    Extent known = extent.get();
    refuseIfExchanged(found, known);
    Extent now = found.withFloor(Math.max(found.floor().offset(), known.floor().offset()));
    extent = Optional.of(now);
    JournalReader reader = new SqliteReader(readers, () -> now);
    while (announced.offset() < now.head().offset()) {
      announce(reader.read(announced.offset(), PAGE));
    }
  }

  /** What was known must be there still. */
  private static void refuseIfExchanged(Extent found, Extent known) throws IOException {
    switch (found.locate(known.head())) {
      case HERE, EXPIRED -> {}
      case UNKNOWN, AHEAD ->
          throw new IOException(
              "its files have been exchanged; restart the application to use them");
    }
  }

  /**
   * Raises the floor, before the entries go: a reader that misses them finds it risen.
   *
   * @return where it is now
   */
  public long raiseFloor(long offset) {
    Extent known = extent.orElseThrow();
    long floor = Math.max(known.floor().offset(), offset);
    extent = Optional.of(known.withFloor(floor));
    return floor;
  }

  /**
   * What was committed may be read from now on, and is announced.
   *
   * @param now as it is now; its floor counts where it is higher than what is known
   */
  public void advance(Extent now, JournalPage page) {
    long floor = Math.max(now.floor().offset(), extent.orElseThrow().floor().offset());
    extent = Optional.of(now.withFloor(floor));
    announce(page);
  }

  /** Begins with what is there, whatever was known before: whoever reads has to look. */
  public void begin(Extent found) {
    announced = found.head();
    extent = Optional.of(found);
  }

  /** What was known is void, and nothing can be read before it begins again. */
  public void end() {
    extent = Optional.empty();
  }

  /**
   * Tells of what has come, also where that is no entry but only a head that has moved, or a canary
   * alone, which moves nothing.
   */
  private void announce(JournalPage page) {
    if (page.upTo().equals(announced) && page.entries().isEmpty()) {
      return;
    }
    announced = page.upTo();
    try {
      announce.accept(page);
    } catch (Throwable e) { // whatever it is, the activities are recorded
      LOG.log(Level.ERROR, "TRAIL0109E: Who was told of new entries in the journal failed.", e);
    }
  }
}
