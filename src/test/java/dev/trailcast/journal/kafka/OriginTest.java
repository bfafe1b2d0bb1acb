package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @Test
  void isReadAsItIsWritten() {
    for (Origin origin :
        new Origin[] {
          new Origin("0k3f9topic000", "node-A_1", 0),
          new Origin("e".repeat(32), "n".repeat(64), 999_999_999_999_999_999L)
        }) {
      assertThat(Origin.of(new RecordHeaders().add(Origin.HEADER, origin.toBytes())))
          .contains(origin);
    }
    assertThat(new Origin("k3f9", "a", 7)).hasToString("k3f9/a/7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "k3f9/a",
        "k3f9/a/",
        "k3f9/a/-1",
        "k3f9/a/+1",
        "k3f9/a/01",
        "k3f9/a/1/",
        "K3F9/a/1",
        "k3f9/a b/1",
        "k3f9/é/1",
        "k3f9/a/٣",
        "k3f9/a/1\n",
        "k3f9/a/1000000000000000000",
        "something of somebody else's that has the same name, and is longer than any of ours could"
            + " be, so that nobody need look at it"
      })
  void isNotReadFromAnythingElse(String text) {
    assertThat(Origin.of(new RecordHeaders().add(Origin.HEADER, text.getBytes(UTF_8)))).isEmpty();
  }

  @Test
  void isNoneWhereThereIsNoHeaderOrNothingInIt() {
    assertThat(Origin.of(new RecordHeaders())).isEmpty();
    assertThat(Origin.of(new RecordHeaders().add(Origin.HEADER, null))).isEmpty();
  }

  @Test
  void refusesWhatCouldNotBeReadBack() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Origin("A", "a", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Origin("a", "a/b", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Origin("a", "a", -1));
  }
}
