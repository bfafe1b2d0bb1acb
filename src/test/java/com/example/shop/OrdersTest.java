package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.trailcast.journal.JournalFullException;
import dev.trailcast.testkit.RecordingEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** In plain JUnit, as docs/testing.md has it. */
class OrdersTest {
  private final RecordingEvent activities = new RecordingEvent();
  private final Orders orders = new Orders(activities);

  @Test
  void tellsWhatWasOrdered() {
    orders.place("alice", 17);

    activities
        .assertSingle()
        .hasType("order.placed")
        .hasActor("alice")
        .hasSubject("orders/17")
        .hasData(Map.of("total", 42));
  }

  @Test
  void placesNothingThatCannotBeRecorded() {
    activities.failWith(new JournalFullException("The disk can't follow"));

    assertThrows(JournalFullException.class, () -> orders.place("alice", 17));
    activities.assertNone();
  }
}
