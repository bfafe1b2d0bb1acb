package dev.trailcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

public class RequestBodyTest {
  private static final String TEXT = "{\"type\":\"t\"}\n".repeat(3_000);

  @Test
  void leavesWhatIsPlainAsItIs() throws IOException {
    for (String text : new String[] {"", "{", "{}", "{}\n", TEXT, "\u001f{}"}) {
      assertThat(read(text.getBytes(UTF_8))).isEqualTo(text);
    }
  }

  @Test
  void unpacksWhatIsPacked() throws IOException {
    assertThat(read(packed(TEXT))).isEqualTo(TEXT);
    assertThat(read(packed(""))).isEmpty();
  }

  @Test
  void unpacksEachOfSeveralPackedPartsThoughTheServerHasNotReceivedTheNext() throws IOException {
    ByteArrayOutputStream parts = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      parts.write(packed(TEXT));
    }
    InputStream hesitant =
        new ByteArrayInputStream(parts.toByteArray()) {
          @Override
          public synchronized int available() {
            return 0;
          }

          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(1, length));
          }
        };

    assertThat(read(hesitant)).isEqualTo(TEXT.repeat(3));
  }

  @Test
  void dropsAByteOrderMarkAtTheVeryBeginningOnly() throws IOException {
    assertThat(read("\ufeff{\"a\ufeff\"".getBytes(UTF_8))).isEqualTo("{\"a\ufeff\"");
    assertThat(read(packed("\ufeff\ufeff{}"))).isEqualTo("\ufeff{}");
  }

  @Test
  void failsWhereThePackingIsDamagedOrBreaksOff() throws IOException {
    byte[] packed = packed(TEXT);
    byte[] damaged = packed.clone();
    damaged[packed.length / 2] ^= 0x55;
    byte[] wrongSum = packed.clone();
    wrongSum[packed.length - 5] ^= 0x55;

    assertThatThrownBy(() -> read(damaged)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read(wrongSum)).isInstanceOf(IOException.class);
    for (int length = 2; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void failsWhereSomethingElseThanGzipFollowsThePacked() throws IOException {
    byte[] packed = packed(TEXT);
    for (byte[] more : new byte[][] {{0}, {'x'}, {0x1f}, Arrays.copyOf(packed, 20)}) {
      InputStream body = new SequenceInputStream(stream(packed), stream(more));
      assertThatThrownBy(() -> read(body)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesWhatUnpacksToVeryMuchAndTakesWhatIsRepetitive() throws IOException {
    String blank = "\n".repeat(9 << 20);
    StringBuilder repetitive = new StringBuilder();
    while (repetitive.length() < 9 << 20) {
      repetitive.append("{\"type\":\"page.viewed\",\"actor\":\"alice\",\"subject\":\"products/");
      repetitive.append(repetitive.length()).append("\",\"source\":\"/shop\"}\n");
    }

    assertThatThrownBy(() -> read(packed(blank)))
        .isInstanceOf(IOException.class)
        .hasMessage("gzip that unpacks to more than 200 times its size");
    assertThat(read(packed(blank.substring(0, 8 << 20)))).hasSize(8 << 20);
    assertThat(read(packed(repetitive.toString()))).hasSize(repetitive.length());
  }

  @Test
  void readsEveryHeaderThatGzipHas() throws IOException {
    byte[] plain = packed(TEXT);
    ByteArrayOutputStream named = new ByteArrayOutputStream();
    named.write(plain, 0, 3);
    named.write(2 | 4 | 8 | 16); // header's sum, extra, name, comment
    named.write(plain, 4, 6);
    named.writeBytes(new byte[] {2, 0, 'x', 'y'});
    named.writeBytes("name\0comment\0".getBytes(UTF_8));
    named.writeBytes(new byte[] {1, 2});
    named.write(plain, 10, plain.length - 10);

    assertThat(read(named.toByteArray())).isEqualTo(TEXT);
  }

  @Test
  void takesItsTimeButForAPunctualOneIsOverdue() throws IOException {
    AtomicLong now = new AtomicLong();
    InputStream slow =
        new FilterInputStream(stream(TEXT.getBytes(UTF_8))) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            now.addAndGet(TimeUnit.SECONDS.toNanos(5));
            return super.read(buffer, offset, Math.min(length, 1));
          }
        };
    InputStream punctual = RequestBody.open(slow, Duration.ofSeconds(30), now::get);

    assertThatThrownBy(punctual::readAllBytes)
        .isInstanceOf(OverdueException.class)
        .hasMessage("it must have arrived within PT30S");
    assertThat(new String(RequestBody.open(slow).readAllBytes(), UTF_8)).isNotEmpty();
  }

  @Test
  void hasArrivedInTimeIfOnlyItsEndIsSeenLater() throws IOException {
    AtomicLong now = new AtomicLong();
    InputStream body =
        RequestBody.open(stream("{}".getBytes(UTF_8)), Duration.ofSeconds(30), now::get);
    byte[] read = body.readNBytes(2);
    now.set(TimeUnit.SECONDS.toNanos(31));

    assertThat(body.read()).isEqualTo(-1);
    assertThat(read).hasSize(2);
  }

  @Test
  void tellsAClientThatLetsTheServerWaitFromOneThatHasGone() {
    for (IOException late :
        new IOException[] {
          new SocketTimeoutException(), new IOException(new TimeoutException("read"))
        }) {
      InputStream body =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw late;
            }
          };
      assertThatThrownBy(() -> read(body)).isInstanceOf(OverdueException.class);
    }
  }

  @Test
  void tellsAClientThatHasGoneFromPackingThatIsDamaged() throws IOException {
    byte[] packed = packed(TEXT);
    InputStream gone =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Connection reset by peer");
          }
        };
    InputStream cut = new ByteArrayInputStream(packed, 0, packed.length - 1);

    assertThatThrownBy(() -> read(gone)).isInstanceOf(BrokenOffException.class);
    for (int length = 0; length <= packed.length; length++) {
      InputStream body = new SequenceInputStream(new ByteArrayInputStream(packed, 0, length), gone);
      assertThatThrownBy(() -> read(body)).isInstanceOf(BrokenOffException.class);
    }
    assertThatThrownBy(() -> read(cut)).isNotInstanceOf(BrokenOffException.class);
  }

  @Test
  void leavesTheRequestOpen() throws IOException {
    for (byte[] body : new byte[][] {TEXT.getBytes(UTF_8), packed(TEXT)}) {
      InputStream request =
          new ByteArrayInputStream(body) {
            @Override
            public void close() {
              throw new AssertionError("the request is the server's to close");
            }
          };
      RequestBody.open(request).close();
    }
  }

  private static InputStream stream(byte[] body) {
    return new ByteArrayInputStream(body);
  }

  private static String read(byte[] body) throws IOException {
    return read(stream(body));
  }

  private static String read(InputStream body) throws IOException {
    try (InputStream plain = RequestBody.open(body)) {
      return new String(plain.readAllBytes(), UTF_8);
    }
  }

  public static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return packed.toByteArray();
  }
}
