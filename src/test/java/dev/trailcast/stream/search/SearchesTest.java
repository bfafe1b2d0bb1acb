package dev.trailcast.stream.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.stream.wire.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchesTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Connection SOMEBODY = new Connection("127.77.0.1", 50_000, 9080);

  private final Set<Connection> gone = Collections.synchronizedSet(new HashSet<>());
  private final List<String> looks = Collections.synchronizedList(new ArrayList<>());
  private Searches searches;
  private Thread thread;

  private void begin(SearchLimits limits) {
    searches = new Searches(limits, gone::contains, Thread::new);
    thread = new Thread(searches);
    thread.start();
  }

  @AfterEach
  void end() throws Exception {
    if (searches != null) {
      searches.stop();
      thread.join();
    }
  }

  @Test
  void looksOnUntilASearchIsOver() {
    begin(new SearchLimits(1, 10, 1_000, LONG));
    Asker asker = new Asker();

    assertThat(searches.begin(new Counting("a", 5), SOMEBODY, asker)).isTrue();

    assertThat(asker.answer()).isEqualTo("5");
    Await.until(() -> searches.underWay() == 0);
  }

  @Test
  void tellsWhatWasFoundWhenAsManyAsItMayHaveBeenLookedAt() {
    begin(new SearchLimits(1, 10, 30, LONG));
    Asker asker = new Asker();

    searches.begin(new Counting("a", 1_000_000), SOMEBODY, asker);

    assertThat(asker.answer()).isEqualTo("3"); // ten a stretch
  }

  @Test
  void tellsWhatWasFoundWhenItsTimeIsOverButLooksOnce() {
    begin(new SearchLimits(1, 10, Integer.MAX_VALUE, Duration.ofNanos(1)));
    Asker asker = new Asker();

    searches.begin(new Counting("a", 1_000_000), SOMEBODY, asker);

    assertThat(asker.answer()).isEqualTo("1");
  }

  @Test
  void looksNoMoreWhereNobodyWaits() {
    begin(new SearchLimits(1, 10, Integer.MAX_VALUE, LONG));
    Asker asker = new Asker();
    searches.begin(new Counting("a", 1_000_000_000), SOMEBODY, asker);
    Await.until(() -> looks.size() > 3);

    asker.waits = false;

    assertThat(asker.answer()).isNotEmpty();
  }

  @Test
  void looksNoMoreForWhomHasHungUp() {
    begin(new SearchLimits(1, 10, Integer.MAX_VALUE, LONG));
    gone.add(SOMEBODY);
    Asker left = new Asker();

    searches.begin(new Counting("a", 1_000_000_000), SOMEBODY, left);

    assertThat(left.answer()).isNotEmpty();
  }

  @Test
  void answersFirstWhatIsSoonFound() throws Exception {
    begin(new SearchLimits(1, 10, Integer.MAX_VALUE, LONG));
    Asker longer = new Asker();
    searches.begin(new Counting("long", 1_000_000_000), SOMEBODY, longer);
    Await.until(() -> looks.size() > 3);
    Asker shorter = new Asker();

    searches.begin(new Counting("short", 1), new Connection("127.77.0.2", 1, 1), shorter);

    assertThat(shorter.answer()).isEqualTo("1");
    assertThat(longer.answered.tryAcquire()).isFalse();
    longer.waits = false;
    longer.answer();
  }

  @Test
  void turnsAwayWhoeverIsTooManyUntilOneHasBeenAnswered() throws Exception {
    begin(new SearchLimits(1, 2, Integer.MAX_VALUE, LONG));
    CountDownLatch reads = new CountDownLatch(1);
    Asker slow =
        new Asker() {
          @Override
          public void receive(String found) {
            awaitUninterrupted(reads); // as a client that does not read
            super.receive(found);
          }
        };
    searches.begin(new Counting("a", 1), SOMEBODY, slow);
    searches.begin(new Counting("b", 1), SOMEBODY, slow);
    Asker third = new Asker();

    assertThat(searches.begin(new Counting("c", 1), SOMEBODY, third)).isFalse();
    searches.beginSeated(new Counting("d", 1), SOMEBODY, third); // but has a place elsewhere
    assertThat(third.answer()).isEqualTo("1");
    reads.countDown();
    Await.until(() -> searches.begin(new Counting("e", 1), SOMEBODY, third));
    assertThat(third.answer()).isEqualTo("1");
  }

  @Test
  void tellsThatTheJournalCanNotBeReadAndGoesOn() {
    begin(new SearchLimits(1, 10, 1_000, LONG));
    for (Throwable problem :
        List.of(
            new JournalUnavailableException("as the test wants it", null),
            new OutOfMemoryError("as the test wants it"))) {
      Asker asker = new Asker();
      searches.begin(new Failing(problem), SOMEBODY, asker);
      assertThat(asker.answer()).isEqualTo("failed: as the test wants it");
    }
    Asker next = new Asker();
    searches.begin(new Counting("a", 1), SOMEBODY, next);
    assertThat(next.answer()).isEqualTo("1");
  }

  @Test
  void answersThoseThatAreLeftWhenItIsStopped() throws Exception {
    begin(new SearchLimits(1, 10, Integer.MAX_VALUE, LONG));
    Asker asker = new Asker();
    searches.begin(new Counting("a", 1_000_000_000), SOMEBODY, asker);
    Await.until(() -> looks.size() > 3);

    searches.stop();
    assertThat(asker.answer()).isNotEmpty();
    Asker late = new Asker();
    searches.begin(new Counting("b", 1), SOMEBODY, late);
    assertThat(late.answer()).isEqualTo("0");
  }

  @Test
  void looksForTheSecondWhereTheFirstWasFound() {
    Search<String> both = new Counting("a", 2).then(found -> new Counting("b" + found, 3));

    assertThat(TestSearches.all(both)).isEqualTo("3");
    assertThat(looks).containsExactly("a", "a", "b2", "b2", "b2");
    Search<String> half = new Counting("a", 2).then(found -> Search.over("so " + found));
    assertThat(TestSearches.after(1, half)).isEqualTo("so 1");
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static class Asker implements Searches.Asker<String> {
    final Semaphore answered = new Semaphore(0);
    private volatile String answer;
    volatile boolean waits = true;

    @Override
    public boolean waits() {
      return waits;
    }

    @Override
    public void receive(String found) {
      answer = found;
      answered.release();
    }

    @Override
    public void fail(Throwable problem) {
      receive("failed: " + problem.getMessage());
    }

    String answer() {
      try {
        assertThat(answered.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return answer;
    }
  }

  /** Finds how often it has looked. */
  private final class Counting implements Search<String> {
    private final String name;
    private final int last;
    private int looked;

    Counting(String name, int last) {
      this.name = name;
      this.last = last;
    }

    @Override
    public boolean isOver() {
      return looked >= last;
    }

    @Override
    public long lookOn() {
      if (looks.size() < 100) {
        looks.add(name);
      }
      looked++;
      return 10;
    }

    @Override
    public String found() {
      return Integer.toString(looked);
    }
  }

  private record Failing(Throwable problem) implements Search<String> {
    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public long lookOn() {
      if (problem instanceof Error e) {
        throw e;
      }
      throw (RuntimeException) problem;
    }

    @Override
    public String found() {
      return "";
    }
  }
}
