package dev.trailcast.stream.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.View;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.TestFrames;
import dev.trailcast.stream.wire.TransientEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
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
    poll.end();
    poll.end();

    assertThat(tasks).isEmpty();
    assertThat(answers).containsExactly("0", "ended");
  }

  @Test
  void answersWithoutAnythingWhereItsTimeWasOverBeforeItWaited() {
    LongPoll poll = poll(TestTrail.EVERYTHING);
    poll.end();
    poll.await(0);

    assertThat(answers).containsExactly("0", "ended");
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
    LongPoll.Attempt attempt =
        over -> {
          throw new NoClassDefFoundError("on purpose");
        };
    LongPoll poll =
        new LongPoll(tail, TestTrail.EVERYTHING, attempt, tasks::add, each -> answers.add("ended"));
    poll.await(0);
    tail.add(TestFrames.frames(1, 1, "alice"));

    assertThatThrownBy(this::runAll).isInstanceOf(NoClassDefFoundError.class);
    assertThat(answers).containsExactly("ended");
  }

  @Test
  void isAnsweredAtItsEndWhereThereIsNoThreadForIt() {
    LongPoll.Attempt attempt =
        over -> {
          answers.add("answered");
          return LongPoll.Attempt.ANSWERED;
        };
    Executor noThread =
        task -> {
          throw new OutOfMemoryError("unable to create native thread, on purpose");
        };
    LongPoll poll =
        new LongPoll(tail, TestTrail.EVERYTHING, attempt, noThread, each -> answers.add("ended"));
    poll.await(0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    assertThat(answers).isEmpty();

    poll.end();
    assertThat(answers).containsExactly("answered", "ended");
  }

  private LongPoll poll(View view) {
    LongPoll.Attempt attempt =
        over -> {
          long head = tail.head().offset();
          if (head == 0 && !over) {
            return 0;
          }
          answers.add(Long.toString(head));
          return LongPoll.Attempt.ANSWERED;
        };
    return new LongPoll(tail, view, attempt, tasks::add, poll -> answers.add("ended"));
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
