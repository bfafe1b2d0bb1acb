package dev.trailcast.journal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.LogRecorder;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.ParkedActivity;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookmarkFilesTest {
  private static final StreamPosition START = new StreamPosition("epoch", 0);

  @TempDir Path directory;

  @Test
  void keepsTheLastPositionOfEachName() throws Exception {
    Bookmarks bookmarks = new BookmarkFiles(directory);
    assertThat(bookmarks.position("a")).isEmpty();
    bookmarks.keep("a", START.at(1));
    bookmarks.keep("b", START.at(7));
    bookmarks.keep("a", START.at(2));

    assertThat(new BookmarkFiles(directory).position("a")).contains("epoch-2");
    assertThat(new BookmarkFiles(directory).position("b")).contains("epoch-7");
  }

  @Test
  void isNotConfusedByWhatAProcessThatDiedHasLeft() throws Exception {
    Bookmarks bookmarks = new BookmarkFiles(directory);
    bookmarks.keep("a", START.at(1));
    park(bookmarks, "a", entry("alice", 1));
    Files.writeString(file("a/position.next"), "epo");
    Files.writeString(file("a/parked/epoch-2.json.next"), "{");

    assertThat(bookmarks.position("a")).contains("epoch-1");
    assertThat(bookmarks.parked("a")).hasSize(1);
    assertThat(bookmarks.countParked("a")).isEqualTo(1);
    bookmarks.keep("a", START.at(2));
    park(bookmarks, "a", entry("alice", 2));
    assertThat(bookmarks.position("a")).contains("epoch-2");
    assertThat(bookmarks.countParked("a")).isEqualTo(2);
  }

  @Test
  void givesBackWhatWasParkedInItsOrderUntilItIsDiscarded() throws Exception {
    Bookmarks bookmarks = new BookmarkFiles(directory);
    ParkedActivity ninth = park(bookmarks, "a", entry("alice", 9));
    ParkedActivity tenth = park(bookmarks, "a", entry("bob", 10));

    List<ParkedActivity> parked = new BookmarkFiles(directory).parked("a");
    assertThat(parked).usingRecursiveComparison().isEqualTo(List.of(ninth, tenth));
    assertThat(bookmarks.discard("a", ninth.position())).isTrue();
    assertThat(bookmarks.discard("a", ninth.position())).isFalse();
    assertThat(bookmarks.parked("a")).hasSize(1);
  }

  @Test
  void parksOnlyWhatIsKept() throws Exception {
    Bookmarks bookmarks = new BookmarkFiles(directory);
    ParkedActivity gone = new ParkedActivity(entry("alice", 1), "?", 1, Instant.EPOCH);
    assertThat(bookmarks.park("a", gone, () -> false)).isFalse();
    assertThat(bookmarks.parked("a")).isEmpty();
  }

  @Test
  void erasesWhatAnActorDidUnderEachNameAndInEarlierJournals() throws Exception {
    BookmarkFiles bookmarks = new BookmarkFiles(directory);
    park(bookmarks, "a", entry("alice", 1));
    park(bookmarks, "a", entry("bob", 2));
    park(bookmarks, "a", entry("alice", 12));
    JournalEntry before = entry("alice", 99);
    StreamPosition earlier = new StreamPosition("earlier", 99);
    park(bookmarks, "b", new JournalEntry(earlier, before.recorded(), before.encoded()));

    bookmarks.erase(Erasure.of("alice", START.at(10)));

    assertThat(bookmarks.parked("a"))
        .extracting(parked -> parked.position().offset())
        .containsExactly(2L, 12L);
    assertThat(bookmarks.parked("b")).isEmpty();
  }

  @Test
  void erasesWhatCanNotBeReadForItMayBeThat() throws Exception {
    BookmarkFiles bookmarks = new BookmarkFiles(directory);
    park(bookmarks, "a", entry("bob", 1));
    Files.writeString(file("a/parked/epoch-2.json"), "half");
    Files.writeString(file("a/parked/epoch-3.json.next"), "half");
    assertThatThrownBy(() -> bookmarks.parked("a"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("epoch-2.json");

    try (LogRecorder log = new LogRecorder(BookmarkFiles.class)) {
      bookmarks.erase(Erasure.of("alice", START.at(10)));
      assertThat(log.messages()).singleElement().asString().endsWith("epoch-2.json");
    }

    assertThat(bookmarks.parked("a")).hasSize(1);
    assertThat(file("a/parked")).isDirectoryNotContaining("glob:**.next");
  }

  @Test
  void isForTheServersUserAlone() throws Exception {
    Bookmarks bookmarks = new BookmarkFiles(directory);
    bookmarks.keep("a", START);
    park(bookmarks, "a", entry("alice", 1));

    for (String file : List.of("a/position", "a/parked/epoch-1.json")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(file))))
          .isEqualTo("rw-------");
    }
  }

  private Path file(String name) {
    return directory.resolve("followers").resolve(name);
  }

  private static ParkedActivity park(Bookmarks bookmarks, String name, JournalEntry entry)
      throws IOException {
    ParkedActivity parked = new ParkedActivity(entry, "\"why\"\n", 3, Instant.EPOCH);
    assertThat(bookmarks.park(name, parked, () -> true)).isTrue();
    return parked;
  }

  private static JournalEntry entry(String actor, long offset) {
    Activity activity = Activity.of(actor, "counted").withData(List.of(1, "a\nb"));
    return new JournalEntry(
        START.at(offset), Instant.ofEpochMilli(5), EncodedActivity.of(activity));
  }
}
