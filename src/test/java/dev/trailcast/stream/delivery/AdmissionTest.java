package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.wire.CloseReason;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(new DeliverySettings.ReaderLimits(5, 3, 2));

  @Test
  void refusesMoreThanThereMayBeInAll() {
    for (int i = 0; i < 5; i++) {
      assertThat(admission.enter(TestCallers.of("10.0.0." + i, null))).isEmpty();
    }

    assertThat(admission.enter(TestCallers.of("10.0.0.9", null))).contains(CloseReason.FULL);
  }

  @Test
  void refusesMoreThanThereMayBeFromOneAddressAndNobodyElse() {
    Caller caller = TestCallers.of("10.0.0.1", null);
    for (int i = 0; i < 3; i++) {
      assertThat(admission.enter(caller)).isEmpty();
    }

    assertThat(admission.enter(caller)).contains(CloseReason.LIMITED);
    assertThat(admission.enter(TestCallers.of("10.0.0.2", null))).isEmpty();
  }

  @Test
  void saysOnceThatAnAddressHasTooMany() {
    LogRecorder log = new LogRecorder(Admission.class);
    try {
      Caller caller = TestCallers.of("10.0.0.1", null);
      for (int i = 0; i < 6; i++) {
        admission.enter(caller);
      }

      assertThat(log.takeMessage()).contains("trailcast.stream.readers.max-per-address");
      assertThat(log.messages()).isEmpty();
    } finally {
      log.close();
    }
  }

  @Test
  void refusesMoreThanThereMayBeOfOneUserWhereverTheyComeFrom() {
    assertThat(admission.enter(TestCallers.of("10.0.0.1", "alice"))).isEmpty();
    assertThat(admission.enter(TestCallers.of("10.0.0.2", "alice"))).isEmpty();

    assertThat(admission.enter(TestCallers.of("10.0.0.3", "alice"))).contains(CloseReason.LIMITED);
    assertThat(admission.enter(TestCallers.of("10.0.0.3", "bob"))).isEmpty();
  }

  @Test
  void letsTheNextInWhereOneHasLeft() {
    Caller caller = TestCallers.of("10.0.0.1", "alice");
    for (int i = 0; i < 1_000; i++) {
      assertThat(admission.enter(caller)).isEmpty();
      assertThat(admission.enter(caller)).isEmpty();
      assertThat(admission.enter(caller)).contains(CloseReason.LIMITED);
      admission.leave(caller);
      admission.leave(caller);
    }
  }
}
