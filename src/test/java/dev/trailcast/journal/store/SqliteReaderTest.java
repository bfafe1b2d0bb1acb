package dev.trailcast.journal.store;

import static dev.trailcast.journal.TestEntries.numbered;
import static dev.trailcast.journal.TestEntries.offsets;
import static dev.trailcast.journal.store.StoreFile.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader finds where retention goes on between two of its looks: each look is scripted. */
class SqliteReaderTest {
  /** The common pool has a single thread on two processors, and both of them wait here. */
  private static final Executor A_THREAD_EACH = task -> new Thread(task).start();

  @TempDir Path directory;

  private ReaderPool readers;
  private String epoch;
  private int looks;

  @BeforeEach
  void record() {
    try (TestStore journal = TestStore.in(directory)) {
      journal.append(numbered(1, 10));
      epoch = journal.head().epoch();
    }
    readers = new ReaderPool(new Database(directory));
  }

  @AfterEach
  void close() {
    readers.close();
  }

  @Test
  void beginsAtTheFloorThatRoseWhileItRead() {
    JournalPage page = reading(floors(0, 0, 4)).read(2, 5);

    assertThat(page.after().offset()).isEqualTo(4);
    assertThat(offsets(page.entries())).containsExactly(5L, 6L, 7L);
    assertThat(page.upTo().offset()).isEqualTo(7);
  }

  @Test
  void readsOnWhereAllThatItReadHasGone() {
    JournalPage page = reading(floors(0, 0, 7)).read(2, 5);

    assertThat(page.after().offset()).isEqualTo(7);
    assertThat(offsets(page.entries())).containsExactly(8L, 9L, 10L);
    assertThat(page.upTo().offset()).isEqualTo(10);
  }

  @Test
  void tellsOfTheGapWhereTheEntriesWereGoneAlready() {
    execute(directory, "DELETE FROM entry WHERE offset <= 4");
    JournalPage page = reading(floors(0, 0, 4)).read(2, 5);

    assertThat(page.after().offset()).isEqualTo(4);
    assertThat(offsets(page.entries())).containsExactly(5L, 6L, 7L, 8L, 9L);
  }

  @Test
  void findsNothingMoreWhereEverythingHasGone() {
    JournalPage page = reading(floors(0, 0, 10)).read(2, 5);

    assertThat(page.after().offset()).isEqualTo(10);
    assertThat(page.entries()).isEmpty();
    assertThat(page.upTo().offset()).isEqualTo(10);
  }

  @Test
  void takesNoNoticeOfAFloorBelow() {
    JournalPage page = reading(floors(0, 0, 2)).read(2, 3);

    assertThat(page.after().offset()).isEqualTo(2);
    assertThat(offsets(page.entries())).containsExactly(3L, 4L, 5L);
  }

  @Test
  void neverBeginsBelowTheFloor() {
    View all = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);

    assertThat(reading(floors(0, 6)).before(Instant.EPOCH).offset()).isEqualTo(6);
    JournalPage page = reading(floors(0, 0, 6)).newest(all, 8, 5);
    assertThat(page.after().offset()).isEqualTo(6);
    assertThat(offsets(page.entries())).containsExactly(7L, 8L);
    page = reading(floors(0, 0, 9)).newest(all, 8, 5);
    assertThat(page.after()).isEqualTo(page.upTo());
    assertThat(page.entries()).isEmpty();
  }

  @Test
  void readsNothingBeyondTheHead() {
    SqliteReader reader = new SqliteReader(readers, () -> extent(0, 6));

    assertThat(offsets(reader.read(3, 100).entries())).containsExactly(4L, 5L, 6L);
  }

  @Test
  void waitsForThoseWhoReadWhenItIsClosed() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<JournalPage> page =
        CompletableFuture.supplyAsync(
            () ->
                readers.read(
                    reader -> {
                      reading.countDown();
                      await(goOn);
                      return reader.oldest(extent(0, 6), 0, 10, ViewCondition.everything(), 100);
                    }),
            A_THREAD_EACH);
    await(reading);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(readers::close, A_THREAD_EACH);
    Await.until(() -> refuses(readers));
    assertThat(closing).isNotDone();
    goOn.countDown();

    assertThat(page.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS).entries()).hasSize(10);
    closing.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void saysThatItCantBeRead() {
    execute(directory, "ALTER TABLE entry RENAME TO lost");

    assertThatThrownBy(() -> reading(floors(0)).read(0, 10))
        .isInstanceOf(JournalUnavailableException.class)
        .hasMessageContaining("the journal can't be read: ")
        .hasMessageContaining("no such table");
  }

  private SqliteReader reading(Supplier<Extent> extent) {
    return new SqliteReader(readers, extent);
  }

  /** The floor at the first look, the second, and so on; as at the last one from then on. */
  private Supplier<Extent> floors(long... floors) {
    looks = 0;
    return () -> extent(floors[Math.min(looks++, floors.length - 1)], 10);
  }

  private Extent extent(long floor, long head) {
    return new Extent(new StreamPosition(epoch, floor), new StreamPosition(epoch, head));
  }

  private static boolean refuses(ReaderPool readers) {
    try {
      readers.read(reader -> true);
      return false;
    } catch (JournalUnavailableException e) {
      return true;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
