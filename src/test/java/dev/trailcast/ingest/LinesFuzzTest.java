package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Utf8;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Any bytes as lines, however they arrive. */
class LinesFuzzTest {
  private static final int LONGEST = 64;

  @FuzzTest
  void areReadAsIfTheyHadBeenSplitBefore(byte[] input) throws IOException {
    int packet = input.length == 0 ? 1 : 1 + (input[0] & 0x3f);
    byte[] body = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);

    List<String> read = new ArrayList<>();
    Lines lines = new Lines(inPackets(body, packet), LONGEST);
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      read.add(line.number() + told(line.element()));
    }

    assertThat(read).isEqualTo(split(body));
  }

  private static InputStream inPackets(byte[] body, int most) {
    return new ByteArrayInputStream(body) {
      @Override
      public int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, most));
      }
    };
  }

  /** What stands in each line that is not blank. */
  private static List<String> split(byte[] body) {
    List<String> lines = new ArrayList<>();
    int number = 0;
    for (int from = 0; from < body.length; ) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      int begin = from;
      int end = to;
      number++;
      if (to - from > LONGEST) {
        lines.add(number + OversizedActivityException.asSent(LONGEST).getMessage());
      } else if (!new String(body, from, to - from, ISO_8859_1).matches("[ \t\r]*")) {
        lines.add(number + told(() -> ActivityReader.read(Utf8.decode(body, begin, end))));
      }
      from = to + 1;
    }
    return lines;
  }

  private static String told(Supplier<Activity> element) {
    try {
      Activity activity = element.get();
      return activity.type() + activity.data();
    } catch (InvalidActivityException e) {
      return e.getMessage();
    }
  }
}
