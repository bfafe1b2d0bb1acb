package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final Caller ALICE = TestCallers.of("10.0.0.1", "alice");
  private static final Caller BOB = TestCallers.of("10.0.0.1", "bob");

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 7); // as nanoTime may be

  private Quotas quotas(long activities, long bytes) {
    return new Quotas(
        new IngestSettings(
            250,
            64,
            1_000,
            Duration.ofSeconds(10),
            new IngestSettings.Bodies(1_000, 100, 3_000, 2, 1, Duration.ofSeconds(30)),
            new IngestSettings.Rate(activities, bytes, Duration.ofSeconds(2))),
        now::get);
  }

  @Test
  void tellWhoIsAtItsBoundWhenThereWillBeEnoughForTheSameAgain() {
    Quotas quotas = quotas(10, 0);
    quotas.spend(ALICE, 20, 1);

    assertThat(retryAfter(quotas, ALICE, 1, 1)).isEqualTo("1");
    assertThat(retryAfter(quotas, ALICE, 15, 1)).isEqualTo("2");
    pass(Duration.ofMillis(1_499));
    assertThat(retryAfter(quotas, ALICE, 15, 1)).isEqualTo("1");
    pass(Duration.ofMillis(1));
    quotas.spend(ALICE, 15, 1);
  }

  @Test
  void sayWhichBoundItIsAndHowMuchIsAllowed() {
    Quotas quotas = quotas(10, 500);
    quotas.spend(ALICE, 20, 1_000);

    assertThatThrownBy(() -> quotas.spend(ALICE, 1, 0))
        .hasMessage(
            "This is more than is left of what you may record: 10 activities a second, and 20 at once.");
    assertThatThrownBy(() -> quotas.spend(ALICE, 1, 100))
        .hasMessage(
            "This is more than is left of what you may record: 500 bytes a second, and 1000 at once.");
  }

  @Test
  void goByTheBoundThatTakesLonger() {
    Quotas quotas = quotas(10, 500);
    quotas.spend(ALICE, 20, 1_000);

    assertThat(retryAfter(quotas, ALICE, 5, 1_000)).isEqualTo("2");
    assertThat(retryAfter(quotas, ALICE, 20, 250)).isEqualTo("2");
  }

  @Test
  void countNothingOfWhatIsRefused() {
    Quotas quotas = quotas(10, 500);
    quotas.spend(ALICE, 1, 900);
    refuses(quotas, ALICE, 1, 101); // there were enough activities

    quotas.spend(ALICE, 19, 100);
  }

  @Test
  void doNotTellToComeAgainWithWhatNeverFits() {
    Quotas quotas = quotas(10, 500);

    assertTooLarge(quotas, 21, 1, "at most 20 activities may be recorded at once;");
    assertTooLarge(quotas, 1, 1_001, "at most 1000 bytes may be recorded at once;");
    quotas.spend(ALICE, 20, 1_000);
  }

  private static void assertTooLarge(Quotas quotas, int activities, long bytes, String detail) {
    assertThatThrownBy(() -> quotas.spend(ALICE, activities, bytes))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(413))
        .hasMessageContaining(detail);
  }

  @Test
  void haveRoomForOneActivityHoweverLowTheyAre() {
    quotas(1, 1).spend(ALICE, 1, 1_000); // four times the largest, as it may be sent
  }

  @Test
  void areEachCallersOwn() {
    Quotas quotas = quotas(10, 0);
    quotas.spend(ALICE, 20, 1);

    refuses(quotas, TestCallers.of("10.9.9.9", "alice"), 1, 1); // from wherever
    quotas.spend(BOB, 20, 1);
    quotas.spend(nobody("10.0.0.1"), 20, 1);
    refuses(quotas, nobody("10.0.0.1"), 1, 1);
    quotas.spend(nobody("10.0.0.2"), 20, 1);
    quotas.spend(nobody("2001:db8:0:1::1"), 20, 1);
    refuses(quotas, nobody("2001:db8:0:1:ffff::2"), 1, 1); // its neighbour
    quotas.spend(nobody("2001:db8:0:2::1"), 20, 1);
  }

  @Test
  void forgetNobodyWhoHasTakenSomethingHoweverManyCome() {
    Quotas quotas = quotas(10, 0);
    quotas.spend(nobody("10.0.0.1"), 20, 1);
    for (int i = 0; i < Quotas.MOST_CALLERS; i++) {
      quotas.spend(nobody("many" + i), 1, 1);
    }

    refuses(quotas, nobody("10.0.0.1"), 1, 1);
    quotas.spend(nobody("late1"), 19, 1); // with the last of the many, who came too late, too
    refuses(quotas, nobody("late2"), 1, 1);
    quotas.spend(ALICE, 20, 1);
  }

  @Test
  void haveRoomAgainForOthersWhenThoseBeforeHaveAllThatTheyMayAgain() {
    Quotas quotas = quotas(10, 0);
    for (int i = 0; i < Quotas.MOST_CALLERS; i++) {
      quotas.spend(nobody("many" + i), 1, 1);
    }
    quotas.spend(nobody("late"), 20, 1);
    refuses(quotas, nobody("late1"), 1, 1);
    pass(Duration.ofMillis(100));

    quotas.spend(nobody("late1"), 20, 1);
    quotas.spend(nobody("late2"), 20, 1);
  }

  @Test
  void giveManyWhoAskAtOnceNoMoreThanThereIs() throws Exception {
    Quotas quotas = quotas(500, 0);
    int threads = 8;
    CyclicBarrier together = new CyclicBarrier(threads);
    Callable<Integer> spending =
        () -> {
          together.await(30, TimeUnit.SECONDS);
          int spent = 0;
          try {
            while (true) {
              quotas.spend(ALICE, 1, 1);
              spent++;
            }
          } catch (OverQuotaException e) {
            return spent;
          }
        };
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> all =
          executor.invokeAll(IntStream.range(0, threads).mapToObj(i -> spending).toList());
      int spent = 0;
      for (Future<Integer> each : all) {
        spent += each.get();
      }
      assertThat(spent).isEqualTo(1_000);
    } finally {
      executor.shutdownNow();
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static Caller nobody(String address) {
    return TestCallers.of(address, null);
  }

  private static void refuses(Quotas quotas, Caller caller, int activities, long bytes) {
    assertThatThrownBy(() -> quotas.spend(caller, activities, bytes))
        .isInstanceOf(OverQuotaException.class);
  }

  private static String retryAfter(Quotas quotas, Caller caller, int activities, long bytes) {
    try {
      quotas.spend(caller, activities, bytes);
    } catch (OverQuotaException e) {
      Response refusal = e.problem().toResponse();
      assertThat(refusal.getStatus()).isEqualTo(429);
      return refusal.getHeaderString("Retry-After");
    }
    throw new AssertionError("It was let in");
  }
}
