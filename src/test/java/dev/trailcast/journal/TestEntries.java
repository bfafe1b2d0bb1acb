package dev.trailcast.journal;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import java.util.List;
import java.util.stream.IntStream;

/** Activities that say which one they are, and what is asked of entries. */
public final class TestEntries {
  private TestEntries() {}

  /** The activity {@code a7}, and so on. */
  public static EncodedActivity numbered(int number) {
    return EncodedActivity.of(Activity.of("alice", "test.counted").withId("a" + number));
  }

  /** Several of them. */
  public static List<EncodedActivity> numbered(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(TestEntries::numbered).toList();
  }

  /** Their activities' ids. */
  public static List<String> ids(List<JournalEntry> entries) {
    return entries.stream().map(entry -> entry.activity().id()).toList();
  }

  /** Their offsets. */
  public static List<Long> offsets(List<JournalEntry> entries) {
    return entries.stream().map(JournalEntry::offset).toList();
  }
}
