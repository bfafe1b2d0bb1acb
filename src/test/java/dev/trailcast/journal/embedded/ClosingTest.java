package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.embedded.JournalSetup.all;
import static dev.trailcast.journal.embedded.JournalSetup.append;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static dev.trailcast.journal.store.StoreFile.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.journal.JournalUnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClosingTest {
  @TempDir Path directory;

  @Test
  void writesOnAThreadThatSaysWhatItIsForAndLeavesNoneBehind() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    JournalSetup setup =
        JournalSetup.in(directory).announcingTo(batch -> threads.add(Thread.currentThread()));
    try (EmbeddedJournal journal = setup.open()) {
      append(journal, numbered(1));

      assertThat(threads).extracting(Thread::getName).containsExactly("trailcast-journal");
    }
    assertThat(threads.get(0).isAlive()).isFalse();
  }

  @Test
  void leavesNoLogBehindWhenItIsClosed() {
    try (EmbeddedJournal journal = open()) {
      append(journal, numbered(1));
      all(journal);
    }
    assertThat(directory).isDirectoryNotContaining("glob:**/*-wal");
    assertThat(query(directory, "SELECT count(*) FROM entry")).isOne();
  }

  @Test
  void writesWhatIsQueuedBeforeItCloses() {
    EmbeddedJournal journal = open();
    var appended = journal.append(numbered(1, 5_000));
    journal.close();

    assertThat(receipts(appended)).hasSize(5_000);
    assertThat(query(directory, "SELECT count(*) FROM entry")).isEqualTo(5_000);
  }

  @Test
  void endsInOrderWhenItsThreadIsInterrupted() {
    Thread[] thread = new Thread[1];
    EmbeddedJournal journal =
        JournalSetup.in(directory).announcingTo(batch -> thread[0] = Thread.currentThread()).open();
    append(journal, numbered(1));
    thread[0].interrupt();
    Await.until(() -> !thread[0].isAlive());

    assertThat(journal.status().isReady()).isFalse();
    assertThatThrownBy(() -> journal.append(numbered(2, 2)))
        .isInstanceOf(JournalUnavailableException.class);
    journal.close();
    try (EmbeddedJournal next = open()) {
      assertThat(next.status().isReady()).isTrue();
    }
  }

  @Test
  void answersNothingBeforeItWasOpenAndReadsNothingAfterwards() {
    EmbeddedJournal journal = JournalSetup.in(directory).create();
    assertThat(journal.status().reason()).hasValue("the journal has not been opened yet");
    assertThatThrownBy(journal.reader()::extent).isInstanceOf(JournalUnavailableException.class);
    assertThatThrownBy(journal.reader()::extent).isInstanceOf(JournalUnavailableException.class);
    assertThatThrownBy(() -> journal.reader().read(0, 1))
        .isInstanceOf(JournalUnavailableException.class);
    assertThatThrownBy(() -> journal.append(numbered(1, 1)))
        .isInstanceOf(JournalUnavailableException.class);

    journal.start();
    append(journal, numbered(1));
    journal.close();
    journal.close();

    assertThat(head(journal).offset()).isOne();
    assertThat(journal.status().reason()).hasValue("the journal is closed");
    assertThatThrownBy(() -> journal.reader().read(0, 1))
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessage("the journal is closed");
    assertThatIllegalStateException().isThrownBy(journal::start);
  }

  private EmbeddedJournal open() {
    return JournalSetup.in(directory).open();
  }
}
