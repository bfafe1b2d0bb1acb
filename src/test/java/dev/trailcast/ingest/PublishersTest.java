package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.trailcast.Await;
import dev.trailcast.ingest.Publishers.Allowance;
import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PublishersTest {
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          100,
          64,
          1_000,
          Duration.ofSeconds(10),
          new IngestSettings.Bodies(1_000, 100, 3_000, 4, 1, Duration.ofSeconds(30)),
          TestSettings.ANY_RATE);

  private final AtomicLong now = new AtomicLong();
  private final Publishers publishers = new Publishers(SETTINGS, now::get);

  @Test
  void turnsAwayWhomItHasNoPlaceForAndLetsThemInWhenSomebodyHasLeft() {
    Allowance first = publishers.enter(from("a"));
    List.of("b", "c", "d").forEach(address -> publishers.enter(from(address)));
    everybodyIsStuck();

    refuses(() -> publishers.enter(from("e")), "As many bodies as may, 4 at a time");
    assertThat(publishers.withoutRoom()).isEqualTo(1);
    first.close();
    publishers.enter(from("e"));
  }

  @Test
  void leavesPlacesToOthersThanTwoAddressesThatTakeAllTheyCanGet() {
    Allowance first = publishers.enter(from("a"));
    publishers.enter(from("a"));
    everybodyIsStuck();

    refuses(() -> publishers.enter(from("a")), "of an address no more than it leaves free");
    publishers.enter(from("b"));
    refuses(() -> publishers.enter(from("b")), "of an address no more than it leaves free");
    publishers.enter(from("c"));
    first.close();
    publishers.enter(from("d"));
  }

  @Test
  void sharesPlacesAnewWithWhoeverComesLater() {
    Allowance first = publishers.enter(from("a"));
    Allowance second = publishers.enter(from("a"));
    publishers.enter(from("b"));
    first.close();
    second.close();

    publishers.enter(from("b"));
    publishers.enter(from("a"));
    everybodyIsStuck();

    refuses(() -> publishers.enter(from("a")), "of an address no more than it leaves free");
    publishers.enter(from("c"));
  }

  @Test
  void leavesMemoryToOthersThanTwoAddressesThatTakeAllTheyCanGet() {
    Allowance first = publishers.enter(from("a"));
    Allowance second = publishers.enterWithLines(from("a"));
    first.hold(1_000);
    second.hold(500);

    refuses(() -> second.hold(1), "those of an address no more than they leave free");
    Allowance third = publishers.enter(from("b"));
    third.hold(750);
    refuses(() -> third.hold(1), "those of an address no more than they leave free");
    publishers.enter(from("c")).hold(375);
    first.close();
    third.hold(300);
  }

  @Test
  void hasPlacesOfTheirOwnForLines() {
    publishers.enterWithLines(from("a"));
    everybodyIsStuck();

    refuses(() -> publishers.enterWithLines(from("b")), "As many bodies as may, 1 at a time");
    publishers.enter(from("a"));
  }

  @Test
  void letsSomebodyWaitAsLongAsOthersMoveOn() throws Exception {
    Allowance first = publishers.enterWithLines(from("a"));
    now.addAndGet(-TimeUnit.HOURS.toNanos(1)); // so long the last one will not have left long ago
    CompletableFuture<Allowance> second = new CompletableFuture<>();
    Thread waiting = new Thread(() -> second.complete(publishers.enterWithLines(from("b"))));
    waiting.start();
    Await.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

    first.close();

    assertThat(second.get(30, TimeUnit.SECONDS)).isNotNull();
    assertThat(publishers.withoutRoom()).isZero();
  }

  @Test
  void boundsWhatAllHaveInMemoryTogether() {
    Allowance first = publishers.enter(from("a"));
    Allowance second = publishers.enter(from("b"));
    Allowance third = publishers.enterWithLines(from("c"));
    first.hold(1_500);
    second.hold(750);
    third.hold(375);

    refuses(() -> third.hold(1), "All bodies that are being read have 3000 bytes together");
    first.close();
    third.hold(500);
    third.close();
    publishers.enter(from("a")).hold(1_125);
  }

  private static Caller from(String address) {
    return TestCallers.of(address, null);
  }

  private void everybodyIsStuck() {
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
  }

  private static void refuses(ThrowingCallable asking, String detail) {
    assertThatThrownBy(asking)
        .isInstanceOf(WebApplicationException.class)
        .hasMessageContaining(detail)
        .asInstanceOf(type(WebApplicationException.class))
        .extracting(WebApplicationException::getResponse)
        .returns(503, Response::getStatus)
        .returns("1", refusal -> refusal.getHeaderString("Retry-After"));
  }
}
