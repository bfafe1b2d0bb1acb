package dev.trailcast.journal.chosen;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalFigures;
import dev.trailcast.journal.JournalKind;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.NodeJournal;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.kafka.KafkaJournal;
import dev.trailcast.journal.kafka.KafkaSettings;
import dev.trailcast.journal.writer.JournalSettings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Clock;

/**
 * Gives the application the two halves of its journal: opened with the first who asks for one,
 * closed at the end.
 */
@ApplicationScoped
public class Journals {
  @Inject private JournalKind kind;
  @Inject private JournalSettings settings;
  @Inject private KafkaSettings kafka;
  @Inject private Announcements announcements;
  @Inject private ContainerThreads container;

  private NodeJournal journal;

  @PostConstruct
  void open() {
    ManagedThreadFactory threads = container.factory();
    Clock clock = Clock.systemUTC();
    journal =
        switch (kind) {
          case EMBEDDED -> new EmbeddedJournal(settings, threads, clock, announcements::announce);
          case KAFKA -> new KafkaJournal(kafka, settings, threads, clock, announcements::announce);
        };
    journal.start();
  }

  /** For those who bring activities. */
  @Produces
  @ApplicationScoped
  Journal journal() {
    return journal;
  }

  /** For those who read them. */
  @Produces
  @ApplicationScoped
  JournalReader reader() {
    return journal.reader();
  }

  /** For those who follow it. */
  @Produces
  @ApplicationScoped
  Bookmarks bookmarks() {
    return journal.bookmarks();
  }

  /** For those who look after it. */
  @Produces
  @ApplicationScoped
  JournalFigures figures() {
    return journal.figures();
  }

  @PreDestroy
  void close() {
    journal.close();
    RegisteredDriver.forget();
  }
}
