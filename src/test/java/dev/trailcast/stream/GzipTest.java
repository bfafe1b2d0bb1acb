package dev.trailcast.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest {
  private final Compression compression = new Compression();
  private final Map<Segment, List<RecordedFrame>> framesOf = new HashMap<>();

  @Test
  void givesEachReaderAWholeStreamOfSharedPiecesAndItsOwn() throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      segments.add(segment(i * 50L, i == 7 ? 1 : 50));
    }
    Random random = new Random(3);
    for (int reader = 0; reader < 50; reader++) {
      StringBuilder expected = new StringBuilder();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      Gzip gzip = new Gzip(compression);
      WriteBuffer out = new WriteBuffer();
      for (int i = random.nextInt(10); i < segments.size(); i++) {
        String own = ": reader " + reader + "\n".repeat(random.nextInt(3) * 300);
        out.put(own);
        out.insert(segments.get(i).packed(compression));
        expected.append(own).append(plain(segments.get(i)));
        if (random.nextBoolean()) {
          gzip.write(out, sent);
          out.clear();
        }
      }
      gzip.write(out, sent);
      gzip.end(sent);

      byte[] read =
          new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray())).readAllBytes();
      assertThat(new String(read, UTF_8)).isEqualTo(expected.toString());
    }
  }

  @Test
  void isAWholeStreamAlsoWhereNothingWasSent() throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    new Gzip(compression).end(sent);

    assertThat(new GZIPInputStream(new ByteArrayInputStream(sent.toByteArray())).readAllBytes())
        .isEmpty();
  }

  @Test
  void takesALotLessRoomWhereManyActivitiesGoTogether() {
    Segment segment = segment(0, 50);

    assertThat(segment.packed(compression).blocks().length)
        .isLessThan(plain(segment).length() * 35 / 100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "deflate, gzip, br, zstd|true",
        "GZIP;q=0.5|true",
        "br;q=1.0, gzip ; q = 0.8|true",
        "x-gzip|true",
        "gzip;q=0|false",
        "gzip;q=0.000, br|false",
        "identity|false",
        "''|false",
        "|false"
      })
  void isUsedWhereItIsAccepted(String acceptEncoding, boolean accepted) {
    assertThat(Gzip.isAccepted(acceptEncoding)).isEqualTo(accepted);
  }

  private Segment segment(long from, int count) {
    List<RecordedFrame> frames =
        IntStream.range(0, count)
            .mapToObj(n -> Activity.of("alice", "page.viewed", "products/" + n).withData("é" + n))
            .map(activity -> TestFrames.frame(from, activity))
            .toList();
    Segment segment = new Segment(Format.SSE, from, from + count, frames);
    framesOf.put(segment, frames);
    return segment;
  }

  private String plain(Segment segment) {
    WriteBuffer plain = new WriteBuffer();
    framesOf.get(segment).forEach(frame -> frame.writeSse(plain, false));
    return new String(plain.toByteArray(), UTF_8);
  }
}
