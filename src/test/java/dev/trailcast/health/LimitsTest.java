package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.health.HealthSettings.NearLimit;
import dev.trailcast.ingest.RecordingJournal;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.delivery.TestTrail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
  private static final long MUCH = Long.MAX_VALUE;
  private static final long LEAST_FREE = 1_000_000;

  @TempDir Path directory;

  private TestTrail trail; // of 100 readers at most
  private Limits limits;
  private JournalStatus status = status(0, MUCH);

  @BeforeEach
  void lay() throws Exception {
    trail = new TestTrail(directory, 10);
    RecordingJournal journal =
        new RecordingJournal() {
          @Override
          public JournalStatus status() {
            return status;
          }
        };
    limits = new Limits(new HealthSettings(NearLimit.UNREADY, LEAST_FREE), journal, trail.readers);
  }

  @AfterEach
  void end() {
    trail.close();
  }

  @Test
  void areNearBeforeAReaderIsTurnedAwayAndFarAgainWhenSomeHaveLeft() {
    Deque<Seat> seats = new ArrayDeque<>();
    Caller caller = TestCallers.of("127.0.0.1", null);
    for (int i = 0; i < 94; i++) {
      seats.push(trail.readers.enter(caller, TestTrail.ASKED));
    }
    look();
    assertThat(limits.near()).isEmpty();
    seats.push(trail.readers.enter(caller, TestTrail.ASKED));
    look();
    assertThat(limits.near())
        .hasValueSatisfying(said -> assertThat(said).contains("trailcast.stream.readers.max"));
    assertThat(trail.refusal()).isEmpty(); // nobody is turned away yet

    while (seats.size() > 90) {
      seats.pop().leave();
    }
    look();
    assertThat(limits.near()).isPresent();
    seats.pop().leave();
    look();
    assertThat(limits.near()).isEmpty();
  }

  @Test
  void areNearWhereTheQueueStaysFullAndNotWhereItIsFullForAMoment() {
    status = status(1, MUCH);
    for (int second = 1; second < 5; second++) {
      look();
      assertThat(limits.near()).isEmpty();
    }
    look();
    assertThat(limits.near())
        .hasValueSatisfying(said -> assertThat(said).contains("trailcast.journal.queue"));

    status = status(0.1, MUCH);
    look();
    assertThat(limits.near()).isEmpty();
  }

  @Test
  void areNearWhereTheDiskHasLessLeftThanItIsTo() {
    status = status(0, LEAST_FREE);
    look();
    assertThat(limits.near()).isEmpty();
    status = status(0, LEAST_FREE - 1);
    look();
    assertThat(limits.near())
        .hasValueSatisfying(said -> assertThat(said).contains("999,999 bytes"));
    status = status(0, LEAST_FREE); // not to and fro
    look();
    assertThat(limits.near()).isPresent();

    status = status(0, 2 * LEAST_FREE);
    look();
    assertThat(limits.near()).isEmpty();
  }

  @Test
  void areNeverNearWhereNothingIsToBeLeft() {
    limits =
        new Limits(new HealthSettings(NearLimit.UNREADY, 0), new RecordingJournal(), trail.readers);
    status = status(0, 0);
    look();

    assertThat(limits.near()).isEmpty();
  }

  private void look() {
    limits.look();
  }

  private static JournalStatus status(double filling, long freeBytes) {
    return new JournalStatus(null, true, 0, 0, null, filling, freeBytes, Duration.ZERO);
  }
}
