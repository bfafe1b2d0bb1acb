package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final int LONGEST = 40;
  private static final String TOO_LONG = OversizedActivityException.asSent(LONGEST).getMessage();

  @Test
  void endsLinesWithLfOrCrlfAndTheLastWithTheEndAndSkipsBlankOnesButCountsThem()
      throws IOException {
    String body = line("a") + "\n" + line("b") + "\r\n\n \t\r\n" + line("c") + "\n\n" + line("d");

    assertThat(read(body.getBytes(UTF_8), Integer.MAX_VALUE))
        .containsExactly("1 a", "2 b", "5 c", "7 d");
  }

  @Test
  void readsTheSameHoweverTheBytesArrive() throws IOException {
    byte[] body =
        (line("a")
                + "\r\n\n"
                + line("é🐎")
                + "\n"
                + "x".repeat(LONGEST)
                + "\n"
                + "y".repeat(3 * LONGEST)
                + "\n"
                + line("b")
                + "\n"
                + "z".repeat(LONGEST + 1)
                + "\n"
                + line("c"))
            .getBytes(UTF_8);
    List<String> expected =
        List.of(
            "1 a",
            "3 é🐎",
            "4 the activity is not JSON at line 1, column 1",
            "5 " + TOO_LONG,
            "6 b",
            "7 " + TOO_LONG,
            "8 c");

    for (int packet = 1; packet <= body.length; packet++) {
      assertThat(read(body, packet)).isEqualTo(expected);
    }
  }

  @Test
  void takesALineAtItsLimitWithWhateverEnd() throws IOException {
    String longest = line("i".repeat(LONGEST - line("").length()));

    assertThat(longest).hasSize(LONGEST);
    for (String end : List.of("", "\n", "\n\n")) {
      assertThat(read((longest + end).getBytes(UTF_8), 7))
          .hasSize(1)
          .allMatch(l -> l.endsWith("i"));
      assertThat(read((longest + " " + end).getBytes(UTF_8), 7)).containsExactly("1 " + TOO_LONG);
    }
  }

  @Test
  void findsNothingInNothing() throws IOException {
    for (String nothing : List.of("", "\n", "\r\n\r\n", "  ", "\n \t")) {
      assertThat(read(nothing.getBytes(UTF_8), 1)).isEmpty();
    }
  }

  @Test
  void refusesALineThatIsNotUtf8AndReadsTheNext() throws IOException {
    byte[] good = (line("a") + "\n").getBytes(UTF_8);
    for (int[] bad : new int[][] {{0xff}, {0xc3}, {0xc0, 0xaf}, {0xed, 0xa0, 0x80}, {0xf5, 0x80}}) {
      byte[] body = new byte[bad.length + 1 + good.length];
      for (int i = 0; i < bad.length; i++) {
        body[i] = (byte) bad[i];
      }
      body[bad.length] = '\n';
      System.arraycopy(good, 0, body, bad.length + 1, good.length);

      assertThat(read(body, 1)).containsExactly("1 the activity is not UTF-8", "2 a");
    }
  }

  @Test
  void takesTheReplacementCharacterItselfForUtf8() throws IOException {
    assertThat(read(line("\ufffd").getBytes(UTF_8), 1)).containsExactly("1 \ufffd");
  }

  @Test
  void skipsAnEndlessLineInConstantMemory() throws IOException {
    AtomicInteger mostAsked = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          private int left = 10_000 * LONGEST;

          @Override
          public int read() {
            throw new AssertionError("reads by the buffer");
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            mostAsked.accumulateAndGet(length, Math::max);
            int count = Math.min(length, left);
            Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            return count > 0 ? count : -1;
          }
        };
    Lines lines = new Lines(endless, LONGEST);

    assertThat(lines.next().number()).isEqualTo(1);
    assertThat(lines.next()).isNull();
    assertThat(mostAsked.get()).isLessThanOrEqualTo(LONGEST + 1);
  }

  @Test
  void knowsWhetherTheNextLineIsThereAlready() throws IOException {
    byte[] body = (line("a") + "\n" + line("b") + "\n" + line("c")).getBytes(UTF_8);
    Lines lines = new Lines(new ByteArrayInputStream(body), 200);

    lines.next();
    assertThat(lines.hasWholeLine()).isTrue();
    lines.next();
    assertThat(lines.hasWholeLine()).isFalse();
    assertThat(lines.next()).isNotNull();
    assertThat(lines.next()).isNull();
  }

  private static String line(String id) {
    return "{\"type\":\"t\",\"id\":\"" + id + "\"}";
  }

  /**
   * Number, and id or problem, of each line of {@code body}, which comes in packets of this size.
   */
  private static List<String> read(byte[] body, int packet) throws IOException {
    InputStream in =
        new ByteArrayInputStream(body) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(packet, length));
          }
        };
    List<String> read = new ArrayList<>();
    Lines lines = new Lines(in, LONGEST);
    for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
      read.add(line.number() + " " + idOrProblem(line));
    }
    assertThat(lines.next()).isNull();
    return read;
  }

  private static String idOrProblem(Lines.Line line) {
    try {
      return line.element().get().id();
    } catch (InvalidActivityException e) {
      return e.getMessage();
    }
  }
}
