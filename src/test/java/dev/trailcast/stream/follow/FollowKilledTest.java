package dev.trailcast.stream.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.BookmarkFiles;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows is given everything, however often its process is killed. */
class FollowKilledTest {
  private static final int KILLS = 4;

  @TempDir Path directory;

  @Test
  void losesNothingWhenItIsKilledAndGoesOnInOrder() throws Exception {
    Set<Long> given = new TreeSet<>();
    for (int run = 0; run < KILLS; run++) {
      List<Long> thisTime = killAfter(100 + 150 * run);
      assertThat(thisTime).isSorted().doesNotHaveDuplicates();
      given.addAll(thisTime);
    }

    try (EmbeddedJournal journal = ChildFollower.journal(directory, new Followers[1])) {
      journal.start();
      StreamPosition kept =
          journal.bookmarks().position("count").flatMap(StreamPosition::parse).orElseThrow();
      journal.bookmarks().parked("count").forEach(parked -> given.add(parked.position().offset()));
      List<Long> all = offsets(journal, kept);

      assertThat(all).hasSizeGreaterThan(KILLS * 10);
      assertThat(given).containsAll(all);
    }
  }

  /** All that lie up to a position. */
  private static List<Long> offsets(EmbeddedJournal journal, StreamPosition upTo) {
    List<Long> offsets = new ArrayList<>();
    long after = 0;
    while (after < upTo.offset()) {
      JournalPage page = journal.reader().read(after, 1_000);
      page.entries().stream()
          .map(entry -> entry.offset())
          .filter(offset -> offset <= upTo.offset())
          .forEach(offsets::add);
      after = page.upTo().offset();
    }
    return offsets;
  }

  /**
   * Lets a process run until it has kept anew where it is, which takes it a second, and then has
   * said so much; and gives all that it has said.
   */
  private List<Long> killAfter(int lines) throws Exception {
    Bookmarks bookmarks = new BookmarkFiles(directory);
    Optional<String> begun = bookmarks.position("count");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // lives for a moment only
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChildFollower.class.getName(),
                directory.toString())
            .redirectError(Redirect.DISCARD)
            .start();
    List<Long> said = new ArrayList<>();
    int sinceKept = 0;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(Long.valueOf(line));
        if (sinceKept > 0 || !bookmarks.position("count").equals(begun)) {
          sinceKept++;
        }
        if (sinceKept == lines) {
          process.toHandle().destroyForcibly(); // the process itself would throw away what it said
        }
      }
    } finally {
      process.destroyForcibly().waitFor(); // only then its locks are free
    }
    assertThat(sinceKept).isGreaterThanOrEqualTo(lines);
    return said;
  }
}
