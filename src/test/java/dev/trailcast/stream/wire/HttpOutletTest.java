package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpOutletTest {
  private static final StreamPosition POSITION = new StreamPosition("e", 7);

  @ParameterizedTest
  @EnumSource
  void beginsAtOnceWithACommentOrABlankLine(Format format) {
    assertThat(opening(format, false)).startsWith(format == Format.LINES ? "\n{" : ":hb\nretry: ");
  }

  @ParameterizedTest
  @EnumSource
  void beginsWithABlankLineAloneForAReaderThatComesBack(Format format) {
    assertThat(opening(format, true)).startsWith(format == Format.LINES ? "\n{" : "\nretry: ");
  }

  @ParameterizedTest
  @EnumSource
  void writesNothingInAnEventOfOursThatSomeTakeForTheEndOfALine(Format format) {
    HttpOutlet outlet = new HttpOutlet(null, new HttpOutlet.Options(format, false, false, 2000));
    WriteBuffer out = new WriteBuffer();
    outlet.control(
        out, ControlEvent.gap(new Gap(Gap.Reason.UNKNOWN, "a\u0085\u2028\u2029b", POSITION)));
    assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8))
        .contains("\"requested\":\"a\\u0085\\u2028\\u2029b\"");
  }

  private static String opening(Format format, boolean resumed) {
    HttpOutlet outlet = new HttpOutlet(null, new HttpOutlet.Options(format, false, resumed, 2000));
    WriteBuffer out = new WriteBuffer();
    outlet.opening(out, ControlEvent.position(POSITION, true));
    return new String(out.toByteArray(), StandardCharsets.UTF_8);
  }
}
