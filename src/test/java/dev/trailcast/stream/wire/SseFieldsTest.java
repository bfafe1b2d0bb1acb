package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseFieldsTest {
  @Test
  void writesEveryLineOfDataAsAFieldOfItsOwn() {
    assertThat(written(out -> SseFields.data(out, "a\n\nb\r\nc\rd")))
        .isEqualTo("data: a\ndata: \ndata: b\ndata: c\ndata: d\n");
  }

  @Test
  void keepsALeadingSpaceOfData() {
    assertThat(written(out -> SseFields.data(out, " x"))).isEqualTo("data:  x\n");
  }

  @Test
  void leavesNoWayForANameOrAnIdToEndItsLine() {
    assertThat(written(out -> SseFields.event(out, "a\nb\r\nc\0d"))).isEqualTo("event: abcd\n");
    assertThat(written(out -> SseFields.id(out, "1\n2\r3\0"))).isEqualTo("id: 123\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "open", "message", "", "\n"})
  void writesNoNameThatNobodyCanListenTo(String name) {
    assertThat(written(out -> SseFields.event(out, name))).isEmpty();
  }

  @Test
  void writesALineSeparatorOfUnicodeAsItIsBecauseItEndsNoLineOfAnEventStream() {
    assertThat(written(out -> SseFields.data(out, "a\u2028b\u0085c")))
        .isEqualTo("data: a\u2028b\u0085c\n");
  }

  @Test
  void writesCommentsThatEndNoFrameAndNoBareColon() {
    assertThat(written(out -> SseFields.comment(out, "a\n\nb\r\n\rc"))).isEqualTo(":a\n:b\n:c\n");
    assertThat(written(out -> SseFields.comment(out, ""))).isEmpty();
    assertThat(written(SseFields::heartbeat)).isEqualTo(":hb\n");
  }

  private static String written(Consumer<WriteBuffer> writing) {
    WriteBuffer out = new WriteBuffer();
    writing.accept(out);
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }
}
