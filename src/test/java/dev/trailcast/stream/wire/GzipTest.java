package dev.trailcast.stream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GzipTest {
  private final Compression compression = new Compression();

  /** What was packed for everybody, and what it was. */
  private record Piece(String plain, Packed packed) {}

  @Test
  void givesEachReaderAWholeStreamOfSharedPiecesAndItsOwn() throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      pieces.add(piece(i == 7 ? 1 : 50));
    }
    Random random = new Random(3);
    for (int reader = 0; reader < 50; reader++) {
      StringBuilder expected = new StringBuilder();
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      Gzip gzip = new Gzip(compression);
      WriteBuffer out = new WriteBuffer();
      for (int i = random.nextInt(10); i < pieces.size(); i++) {
        String own = ": reader " + reader + "\n".repeat(random.nextInt(3) * 300);
        out.put(own);
        out.insert(pieces.get(i).packed());
        expected.append(own).append(pieces.get(i).plain());
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
    Piece piece = piece(50);

    assertThat(piece.packed().blocks().length).isLessThan(piece.plain().length() * 35 / 100);
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

  private Piece piece(int count) {
    WriteBuffer plain = new WriteBuffer();
    for (int n = 0; n < count; n++) {
      Activity activity = Activity.of("alice", "page.viewed", "products/" + n).withData("é" + n);
      TestFrames.frame(1, activity).writeSse(plain, false);
    }
    return new Piece(new String(plain.toByteArray(), UTF_8), compression.pack(plain));
  }
}
