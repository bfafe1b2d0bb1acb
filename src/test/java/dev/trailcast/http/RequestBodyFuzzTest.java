package dev.trailcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Any bytes, as they are and packed, however they arrive. */
class RequestBodyFuzzTest {
  @FuzzTest
  void isReadAsItWasMeantOrRefused(byte[] body) throws IOException {
    int packet = body.length == 0 ? 1 : 1 + (body[body.length - 1] & 0xff);
    int cut = Math.min(packet, body.length);
    byte[] plain = withoutByteOrderMark(body);

    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    pack(packed, body, 0, cut);
    pack(packed, body, cut, body.length);
    assertThat(read(packed.toByteArray(), packet)).isEqualTo(plain);

    if (!isPacked(body)) {
      assertThat(read(body, packet)).isEqualTo(plain);
      return;
    }
    byte[] unpacked;
    try {
      unpacked = read(body, packet);
    } catch (ZipException e) {
      assertThat(e).hasMessageContaining("gzip");
      return;
    }
    assertThat(unpacked).isEqualTo(withoutByteOrderMark(unpackedByJava(body)));
  }

  private static boolean isPacked(byte[] body) {
    return body.length >= 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
  }

  private static byte[] withoutByteOrderMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xef
            && body[1] == (byte) 0xbb
            && body[2] == (byte) 0xbf;
    return marked ? Arrays.copyOfRange(body, 3, body.length) : body;
  }

  private static void pack(ByteArrayOutputStream out, byte[] body, int from, int to)
      throws IOException {
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body, from, to - from);
    }
  }

  private static byte[] read(byte[] body, int packet) throws IOException {
    InputStream inPackets =
        new ByteArrayInputStream(body) {
          @Override
          public int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, packet));
          }
        };
    try (InputStream in = RequestBody.open(inPackets)) {
      return in.readAllBytes();
    }
  }

  private static byte[] unpackedByJava(byte[] body) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }
}
