package dev.trailcast.journal.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.TestEntries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {
  private static final int KILLS = 50;
  private static final int LONGEST_RUN = 400;

  @TempDir Path directory;

  private final Random random = new Random(42);

  @Test
  void keepsEveryAcknowledgedActivityWhenKilled() throws Exception {
    List<List<String>> acknowledged = new ArrayList<>();
    ChildJournal next = ChildJournal.prepare(directory, 0);
    for (int run = 0; run < KILLS; run++) {
      try (ChildJournal child = next) {
        next = ChildJournal.prepare(directory, run + 1); // a JVM takes a while to start
        child.go();
        child.awaitAcknowledged(1 + random.nextInt(LONGEST_RUN));
        child.kill();
        acknowledged.add(child.acknowledged());
      }
    }
    next.close();

    try (EmbeddedJournal journal = JournalSetup.in(directory).open()) {
      List<JournalEntry> entries = JournalSetup.all(journal);
      assertThat(TestEntries.offsets(entries))
          .containsExactlyElementsOf(LongStream.rangeClosed(1, entries.size()).boxed().toList());
      for (int run = 0; run < KILLS; run++) {
        assertThat(idsOf(run, entries)).startsWith(acknowledged.get(run).toArray(new String[0]));
        assertThat(idsOf(run, entries))
            .containsExactlyElementsOf(firstIdsOf(run, idsOf(run, entries).size()))
            .hasSizeBetween(
                acknowledged.get(run).size(),
                acknowledged.get(run).size() + 2 * ChildJournal.UNDER_WAY);
      }
    }
  }

  private static List<String> idsOf(int run, List<JournalEntry> entries) {
    return TestEntries.ids(entries).stream().filter(id -> id.startsWith(run + "-")).toList();
  }

  private static List<String> firstIdsOf(int run, int count) {
    return LongStream.rangeClosed(1, count).mapToObj(number -> run + "-" + number).toList();
  }
}
