package dev.trailcast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.journal.JournalFullException;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.util.TypeLiteral;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RecordingEventTest {
  private static final Activity ORDER = Activity.of("alice", "order.placed", "orders/17");
  private static final Activity VIEW = Activity.of("bob", "page.viewed", "products/42");

  private final RecordingEvent event = new RecordingEvent();

  @Test
  void keepsWhatIsFiredInItsOrder() {
    event.fire(ORDER);
    event.fireAsync(VIEW).toCompletableFuture().join();

    assertThat(event.recorded()).containsExactly(ORDER, VIEW);
  }

  @Test
  void keepsWhatIsFiredBySelectionsOfIt() {
    event.select(Any.Literal.INSTANCE).fire(ORDER);
    event.select(Activity.class).fire(VIEW);
    event.select(new TypeLiteral<Activity>() {}).fire(VIEW.withId("another"));

    assertThat(event.recorded()).hasSize(3);
  }

  @Test
  void keepsOnceWhatIsFiredTwice() {
    event.fire(ORDER);
    event.fire(ORDER);

    assertThat(event.recorded()).containsExactly(ORDER);
  }

  @Test
  void refusesSomethingElseWithTheSameIdAndSource() {
    event.fire(ORDER);

    assertThatThrownBy(() -> event.fire(VIEW.withId(ORDER.id())))
        .isInstanceOf(ConflictingActivityException.class);
    event.fire(VIEW.withId(ORDER.id()).withSource("/elsewhere"));
    assertThat(event.recorded()).hasSize(2);
  }

  @Test
  void refusesTypesOfTrailcastsOwn() {
    assertThatThrownBy(() -> event.fire(Activity.of("eve", "trailcast.audit.refused")))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageContaining("type");
    event.assertNone();
  }

  @Test
  void failsAsItIsToldUntilThatIsOver() {
    JournalFullException full = new JournalFullException("The disk can't follow");
    event.failWith(full);

    assertThatThrownBy(() -> event.fire(ORDER)).isSameAs(full);
    assertThatThrownBy(
            () ->
                event
                    .fireAsync(ORDER, NotificationOptions.ofExecutor(Runnable::run))
                    .toCompletableFuture()
                    .join())
        .isInstanceOf(CompletionException.class)
        .hasCause(full)
        .hasSuppressedException(full);
    event.failWith(null);
    event.fire(ORDER);
    assertThat(event.recorded()).containsExactly(ORDER);
  }

  @Test
  void forgetsWhatItIsToldToForget() {
    event.fire(ORDER);
    event.clear();

    event.assertNone();
  }

  @Test
  void findsTheOnlyOneOfItsType() {
    event.fire(ORDER);
    event.fire(VIEW);

    assertThat(event.assertSingle("page.viewed").activity()).isSameAs(VIEW);
  }

  @Test
  void saysWhatWasRecordedInstead() {
    assertThatThrownBy(event::assertSingle)
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected one activity, but there were none");
    event.fire(ORDER);
    event.fire(VIEW);
    assertThatThrownBy(event::assertSingle)
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected one activity, but there were 2:\n  " + ORDER + "\n  " + VIEW);
    assertThatThrownBy(() -> event.assertSingle("order.shipped"))
        .hasMessageStartingWith("expected one activity of the type order.shipped, but");
    assertThatThrownBy(event::assertNone)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("expected no activity, but");
  }
}
