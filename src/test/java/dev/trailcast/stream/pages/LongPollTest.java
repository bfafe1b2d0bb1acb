package dev.trailcast.stream.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.View;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.TestFrames;
import dev.trailcast.stream.wire.TransientEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LongPollTest {
  private final Tail tail = new Tail(new TailSize(10, 1 << 20), TestFrames.START);
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final List<String> answers = new ArrayList<>();

  @Test
  void answersWhenThereIsSomethingOfItsView() {
    LongPoll poll = poll(TestFrames.ofActor("alice"));
    poll.await(0);

    tail.add(TestFrames.frames(1, 1, "bob"));
    assertThat(tasks).isEmpty();
    tail.add(TestFrames.frames(2, 2, "alice"));
    runAll();

    assertThat(answers).containsExactly("2", "ended");
  }

  @Test
  void answersAtOnceWhereSomethingCameBeforeItWaited() {
    tail.add(TestFrames.frames(1, 1, "alice"));

    poll(TestTrail.EVERYTHING).await(0);
    runAll();

    assertThat(answers).containsExactly("1", "ended");
  }

  @Test
  void waitsOnWhereItWasWokenForNothing() {
    poll(TestTrail.EVERYTHING).await(0);
    tail.add(new TransientEvent(new PlainSseEvent(null, null, "hello")));
    runAll();
    assertThat(answers).isEmpty();

    tail.add(TestFrames.frames(1, 1, "alice"));
    runAll();
    assertThat(answers).containsExactly("1", "ended");
  }

  @Test
  void answersWithoutAnythingWhenItsTimeIsOver() {
    LongPoll poll = poll(TestTrail.EVERYTHING);
    poll.await(0);
    poll.finish();
    poll.finish();

    assertThat(tasks).isEmpty();
    assertThat(answers).containsExactly("nothing", "ended");
  }

  @Test
  void answersWithoutAnythingWhereItsTimeWasOverBeforeItWaited() {
    LongPoll poll = poll(TestTrail.EVERYTHING);
    poll.finish();
    poll.await(0);

    assertThat(answers).containsExactly("nothing", "ended");
  }

  @Test
  void answersWhatWasFoundWhereItsTimeIsOverMeanwhile() {
    LongPoll poll = poll(TestTrail.EVERYTHING);
    poll.await(0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    poll.finish();
    assertThat(answers).isEmpty();
    runAll();

    assertThat(answers).containsExactly("1", "ended");
  }

  @Test
  void isForgottenWhenItHasAnswered() {
    poll(TestFrames.ofActor("alice")).await(0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    runAll();

    tail.add(TestFrames.frames(2, 2, "alice"));
    assertThat(tasks).isEmpty();
  }

  @Test
  void isForgottenWhereItCanNotBeAnswered() {
    LongPoll poll =
        failing(new NoClassDefFoundError("on purpose"), new IllegalStateException("not reached"));
    poll.await(0);

    assertThatThrownBy(poll::finish).isInstanceOf(NoClassDefFoundError.class);
    assertThat(answers).containsExactly("ended");
  }

  @Test
  void isAnsweredAtItsEndWhereItCanNotBeLookedAfter() {
    LongPoll poll = failing(null, new OutOfMemoryError("on purpose"));
    poll.await(0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    assertThat(answers).isEmpty();

    poll.finish();
    assertThat(answers).containsExactly("nothing", "ended");
  }

  @Test
  void isLookedAfterWhenMoreComesWhereItCouldNotBeBefore() {
    AtomicInteger looks = new AtomicInteger();
    LongPoll poll = failing(null, new OutOfMemoryError("on purpose"), looks::incrementAndGet);
    poll.await(0);

    tail.add(TestFrames.frames(1, 1, "alice"));
    tail.add(TestFrames.frames(2, 2, "alice"));

    assertThat(looks).hasValue(2);
  }

  @Test
  void isAnsweredWhereItsEndComesWhileItCanNotBeLookedAfter() {
    LongPoll[] poll = new LongPoll[1];
    poll[0] = failing(null, new OutOfMemoryError("on purpose"), () -> poll[0].finish());
    poll[0].await(0);

    tail.add(TestFrames.frames(1, 1, "alice"));

    assertThat(answers).containsExactly("nothing", "ended");
  }

  @Test
  void tellsWhomAnAdministratorHasEndedNotToComeBack() {
    LongPoll poll = poll(TestTrail.EVERYTHING);
    poll.await(0);

    poll.end(CloseReason.ENDED);

    assertThat(answers).containsExactly("forbidden", "ended");
  }

  @Test
  void answersThoseThatMayComeBackBeforeTheirTime() {
    for (CloseReason reason : List.of(CloseReason.DRAINING, CloseReason.EXPIRED)) {
      LongPoll poll = poll(TestTrail.EVERYTHING);
      poll.await(0);
      poll.end(reason);
    }

    assertThat(answers).containsExactly("nothing", "ended", "nothing", "ended");
  }

  private LongPoll failing(Error answering, Throwable looking) {
    return failing(answering, looking, () -> {});
  }

  private LongPoll failing(Error answering, Throwable looking, Runnable beforeLooking) {
    LongPoll.Request request =
        new LongPoll.Request() {
          @Override
          public void look(LongPoll poll) {
            beforeLooking.run();
            if (looking instanceof Error e) {
              throw e;
            }
            throw (RuntimeException) looking;
          }

          @Override
          public void answerNothing() {
            if (answering != null) {
              throw answering;
            }
            answers.add("nothing");
          }

          @Override
          public void answerEnded() {
            answers.add("forbidden");
          }
        };
    return new LongPoll(tail, TestTrail.EVERYTHING, request, each -> answers.add("ended"));
  }

  private LongPoll poll(View view) {
    LongPoll.Request request =
        new LongPoll.Request() {
          @Override
          public void look(LongPoll poll) {
            tasks.add(
                () -> {
                  long head = tail.head().offset();
                  if (head == 0 && !poll.isOver()) {
                    poll.await(0);
                  } else {
                    answers.add(Long.toString(head));
                    poll.answered();
                  }
                });
          }

          @Override
          public void answerNothing() {
            answers.add("nothing");
          }

          @Override
          public void answerEnded() {
            answers.add("forbidden");
          }
        };
    return new LongPoll(tail, view, request, poll -> answers.add("ended"));
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
