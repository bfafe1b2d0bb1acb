package dev.trailcast.journal.embedded;

import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.embedded.JournalSetup.floor;
import static dev.trailcast.journal.embedded.JournalSetup.head;
import static dev.trailcast.journal.embedded.JournalSetup.receipts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.Receipt;
import dev.trailcast.journal.store.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int PUBLISHERS = 4;
  private static final int APPENDS = 300;
  private static final int LARGEST = 40;
  private static final Retention SHORT = new Retention(Duration.ofDays(1), 1_000, Long.MAX_VALUE);

  @TempDir Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<JournalPage> announced = new CopyOnWriteArrayList<>();
  private final CountDownLatch published = new CountDownLatch(PUBLISHERS);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void losesNothingAndHidesNoGapWhereManyPublishReadAndExpire() throws Exception {
    JournalSetup setup = JournalSetup.in(directory).with(SHORT).announcingTo(announced::add);
    try (EmbeddedJournal journal = setup.open()) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        int publisher = i;
        all.add(threads.submit(() -> publish(journal, publisher)));
      }
      all.add(threads.submit(() -> follow(journal)));
      all.add(threads.submit(() -> lagBehind(journal)));
      all.add(threads.submit(() -> lagBehind(journal)));
      for (Future<Void> each : all) {
        each.get(2 * Await.LIMIT_SECONDS, TimeUnit.SECONDS);
      }

      List<Long> offsets = new ArrayList<>();
      announced.forEach(batch -> offsets.addAll(offsets(batch.entries())));
      assertThat(offsets)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, head(journal).offset()).boxed().toList());
      assertThat(floor(journal).offset()).isPositive();
    }
  }

  /** Appends, a few at once; each has a place behind the one before it, and next to its like. */
  private Void publish(EmbeddedJournal journal, int publisher) {
    Random random = new Random(publisher);
    long last = 0;
    for (int i = 0; i < APPENDS; i++) {
      List<EncodedActivity> activities = new ArrayList<>();
      for (int n = random.nextInt(LARGEST); n >= 0; n--) {
        activities.add(EncodedActivity.of(Activity.of("publisher" + publisher, "test.published")));
      }
      List<Receipt> receipts = receipts(journal.append(activities));
      long first = receipts.get(0).position().offset();
      assertThat(first).isGreaterThan(last);
      last = first + activities.size() - 1;
      assertThat(receipts)
          .extracting(receipt -> receipt.position().offset())
          .containsExactlyElementsOf(LongStream.rangeClosed(first, last).boxed().toList());
    }
    published.countDown();
    return null;
  }

  /** Reads on and on, from the beginning to the end. */
  private Void follow(EmbeddedJournal journal) {
    long after = 0;
    Random random = new Random(99);
    while (published.getCount() > 0 || after < head(journal).offset()) {
      after = readOn(journal, after, 1 + random.nextInt(200));
    }
    return null;
  }

  /** Reads where the floor is just coming by. */
  private Void lagBehind(EmbeddedJournal journal) {
    while (published.getCount() > 0) {
      readOn(journal, floor(journal).offset(), 20);
    }
    return null;
  }

  /** Every entry follows on from the one before it, or the page says where it begins. */
  private static long readOn(EmbeddedJournal journal, long after, int limit) {
    JournalPage page = journal.reader().read(after, limit);
    assertThat(page.after().offset()).isGreaterThanOrEqualTo(after);
    long expected = page.after().offset();
    for (JournalEntry entry : page.entries()) {
      assertThat(entry.offset()).isEqualTo(++expected);
    }
    assertThat(page.upTo().offset()).isEqualTo(expected);
    if (page.after().offset() > after) {
      assertThat(floor(journal).offset()).isGreaterThanOrEqualTo(page.after().offset());
    }
    return expected;
  }
}
