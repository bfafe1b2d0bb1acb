package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.stream.Admission.Client;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final Admission admission = new Admission(new StreamSettings.ReaderLimits(5, 3, 2));

  @Test
  void refusesMoreThanThereMayBeInAll() {
    for (int i = 0; i < 5; i++) {
      assertThat(admission.enter(new Client("10.0.0." + i, null))).isEmpty();
    }

    assertThat(admission.enter(new Client("10.0.0.9", null))).contains(CloseReason.FULL);
  }

  @Test
  void refusesMoreThanThereMayBeFromOneAddressAndNobodyElse() {
    Client client = new Client("10.0.0.1", null);
    for (int i = 0; i < 3; i++) {
      assertThat(admission.enter(client)).isEmpty();
    }

    assertThat(admission.enter(client)).contains(CloseReason.LIMITED);
    assertThat(admission.enter(new Client("10.0.0.2", null))).isEmpty();
  }

  @Test
  void refusesMoreThanThereMayBeOfOneUserWhereverTheyComeFrom() {
    assertThat(admission.enter(new Client("10.0.0.1", "alice"))).isEmpty();
    assertThat(admission.enter(new Client("10.0.0.2", "alice"))).isEmpty();

    assertThat(admission.enter(new Client("10.0.0.3", "alice"))).contains(CloseReason.LIMITED);
    assertThat(admission.enter(new Client("10.0.0.3", "bob"))).isEmpty();
  }

  @Test
  void letsTheNextInWhereOneHasLeft() {
    Client client = new Client("10.0.0.1", "alice");
    for (int i = 0; i < 1_000; i++) {
      assertThat(admission.enter(client)).isEmpty();
      assertThat(admission.enter(client)).isEmpty();
      assertThat(admission.enter(client)).contains(CloseReason.LIMITED);
      admission.leave(client);
      admission.leave(client);
    }
  }
}
