package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQL picks out, and what the view itself would: the same, over data made by chance. */
class ViewConditionTest {
  private static final List<String> PIECES =
      List.of("a", "A", "b", "%", "_", "*", "é", "e\u0301", "🐢", "🐇", "'", "\"", "?", "\\", " ");
  private static final List<String> TYPES =
      List.of("page.viewed", "page.left", "pa", "order", "Page");
  private static final List<String> SOURCES =
      List.of("/", "/shop", "/shop/a", "https://x.org/?a=%25");
  private static final List<String> NAMES =
      List.of("al", "alice", "alicette", "role", "ROLE:x", "é");
  private static final List<String> ROLES = List.of("staff", "staffer", "st", "alice");

  @TempDir Path directory;

  private final Random random = new Random(7);

  @Test
  void picksWhatTheViewWouldAndNothingElse() {
    try (TestStore journal = TestStore.in(directory)) {
      List<EncodedActivity> activities = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        activities.add(EncodedActivity.of(randomActivity()));
      }
      journal.append(activities);
      List<JournalEntry> entries = journal.reader().read(0, 1_000).entries();

      int picked = 0;
      for (int i = 0; i < 500; i++) {
        View view = randomView();
        List<Long> expected =
            offsets(entries.stream().filter(e -> view.includes(e.activity())).toList());
        assertThat(readAll(journal, view)).as("%s", view).isEqualTo(expected);
        assertThat(newest(journal, view)).as("%s", view).isEqualTo(last(5, expected));
        picked += expected.size();
      }
      assertThat(picked).as("not all by chance empty").isGreaterThan(1_000);
    }
  }

  private List<Long> readAll(TestStore journal, View view) {
    List<Long> offsets = new ArrayList<>();
    JournalPage page = journal.reader().read(0, view, 20);
    while (page.upTo().offset() > page.after().offset()) {
      offsets.addAll(offsets(page.entries()));
      page = journal.reader().read(page.upTo().offset(), view, 20);
    }
    return offsets;
  }

  private static List<Long> newest(TestStore journal, View view) {
    return offsets(journal.reader().newest(view, journal.head().offset(), 5).entries());
  }

  private static List<Long> last(int count, List<Long> offsets) {
    return offsets.subList(Math.max(0, offsets.size() - count), offsets.size());
  }

  private Activity randomActivity() {
    Activity activity =
        Activity.of(chance(0.8) ? text() : null, oneOf(TYPES), chance(0.8) ? text() : null)
            .withSource(oneOf(SOURCES));
    return chance(0.5) ? activity.withAudience(audience()) : activity;
  }

  private String audience() {
    StringBuilder audience = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      audience.append(chance(0.5) ? oneOf(NAMES) : "role:" + oneOf(ROLES)).append(' ');
    }
    return audience.toString();
  }

  private View randomView() {
    List<ActivityFilter> grants = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      grants.add(randomFilter());
    }
    Scope scope = chance(0.7) ? Scope.EVERYTHING : Scope.of(grants);
    return new View(randomFilter(), scope, randomViewer());
  }

  private ActivityFilter randomFilter() {
    return new ActivityFilter(
        terms(TYPES), terms(List.of()), chance(0.5) ? Terms.ANY : terms(SOURCES), terms(List.of()));
  }

  private Viewer randomViewer() {
    Set<String> roles = new HashSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      roles.add(oneOf(ROLES));
    }
    return new Viewer(chance(0.7) ? oneOf(NAMES) : null, roles);
  }

  /** Terms that are sometimes values, sometimes cut anywhere, also in the middle of a character. */
  private Terms terms(List<String> values) {
    Set<String> terms = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String value = values.isEmpty() ? text() : oneOf(values);
      terms.add(chance(0.4) ? value : value.substring(0, random.nextInt(value.length() + 1)) + "*");
    }
    return Terms.parse(terms);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      text.append(oneOf(PIECES));
    }
    return text.toString();
  }

  private <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }
}
