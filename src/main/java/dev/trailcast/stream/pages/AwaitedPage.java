package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.Connection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A page that code of the application's own waits for, on the thread it asks on. It is looked for
 * as one that is asked for over HTTP, by other threads and within the same bounds.
 */
public final class AwaitedPage implements Searches.Asker<ActivityPage> {
  /** Each search has a bound on its time, by which it is answered. */
  private static final long PATIENCE_SECONDS = 60;

  private final CompletableFuture<ActivityPage> page = new CompletableFuture<>();

  private AwaitedPage() {}

  /**
   * Looks for a page, and waits for it.
   *
   * @param connection of whoever it is for
   * @throws JournalUnavailableException if the journal can't be read, or too much else is looked
   *     for
   */
  public static ActivityPage of(
      PageRequest asked, View view, JournalReader journal, Trail trail, Connection connection) {
    AwaitedPage awaited = new AwaitedPage();
    PageReader reader = new PageReader(journal, trail.tail());
    if (!trail.searches().begin(reader.page(asked, view), connection, awaited)) {
      throw new JournalUnavailableException(
          "Too much is being looked for in the journal; try again in some seconds", null);
    }
    return awaited.get();
  }

  private ActivityPage get() {
    try {
      return page.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException known) {
        throw known;
      }
      throw new IllegalStateException("The page could not be looked for", e.getCause());
    } catch (TimeoutException e) {
      throw new JournalUnavailableException("No page within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("Interrupted before the page was found", e);
    } finally {
      page.cancel(false); // where nobody waits any more
    }
  }

  @Override
  public boolean waits() {
    return !page.isDone();
  }

  @Override
  public void receive(ActivityPage found) {
    page.complete(found);
  }

  @Override
  public void fail(Throwable problem) {
    page.completeExceptionally(problem);
  }
}
