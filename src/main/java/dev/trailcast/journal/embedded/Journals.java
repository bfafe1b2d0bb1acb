package dev.trailcast.journal.embedded;

import dev.trailcast.journal.Appended;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalBatch;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;

/** Gives the application its journal: opened with the first who asks for it, closed at the end. */
@ApplicationScoped
public class Journals {
  @Inject private EmbeddedSettings settings;
  @Inject private Event<JournalBatch> batches;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  /** The journal of this application. */
  @Produces
  @ApplicationScoped
  Journal journal() {
    Event<JournalBatch> appended = batches.select(Appended.Literal.INSTANCE);
    EmbeddedJournal journal =
        new EmbeddedJournal(settings, threads, Clock.systemUTC(), appended::fire);
    journal.start();
    return journal;
  }

  void close(@Disposes Journal journal) {
    ((EmbeddedJournal) journal).close();
  }
}
