package dev.trailcast.ingest.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusedMessagesTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1); // it may turn over
  private final RefusedMessages refused = new RefusedMessages(clock::get);

  @Test
  void areToldOfOnceInAWhileForEachKey() {
    try (LogRecorder log = new LogRecorder(RefusedMessages.class)) {
      refused.tell("web", 2, "event is required");
      refused.tell("web", 3, "type is wrong");
      refused.tell("app", 1, "id is empty");
      clock.addAndGet(RefusedMessages.PAUSE.toNanos() - 1);
      refused.tell("web", 4, "type is wrong");
      clock.incrementAndGet();
      refused.tell("web", 1, "time is over");

      assertThat(log.messages())
          .containsExactly(
              "TRAIL0305W: 2 messages with the write key web could not be recorded, for instance because event"
                  + " is required",
              "TRAIL0305W: 1 messages with the write key app could not be recorded, for instance because id is"
                  + " empty",
              "TRAIL0305W: 8 messages with the write key web could not be recorded, for instance because time"
                  + " is over");
    }
  }
}
