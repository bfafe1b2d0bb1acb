package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.HttpConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Bodies that are large, or small until they are unpacked, or never end. */
final class HostileBodies {
  /** As large as a body may be by default. */
  private static final int LARGE = 8 << 20;

  private static final int AT_A_TIME = 30;
  private static final int SLOW = 120;
  private static final Duration BETWEEN_BYTES = Duration.ofSeconds(3);

  private HostileBodies() {}

  static List<Attack> all() {
    byte[] members = members();
    byte[] packedElements = gzip(repeated("[", "{},", "{}]"));
    byte[] packedLine = gzip(repeated("{\"type\":\"x\",\"data\":\"", "a", "\"}"));
    return List.of(
        new Attack(
            "one activity with a million members, 8 MB, 24 at a time",
            assailant -> assailant.send(200, 24, i -> post(assailant, members))),
        new Attack(
            "an array of a million elements, 8 KB of gzip, 30 at a time",
            assailant ->
                assailant.send(
                    600,
                    AT_A_TIME,
                    i -> post(assailant, packedElements, "Content-Encoding: gzip"))),
        new Attack(
            "one string of 8 MB, 8 KB of gzip, 30 at a time",
            assailant ->
                assailant.send(
                    600, AT_A_TIME, i -> post(assailant, packedLine, "Content-Encoding: gzip"))),
        new Attack("120 bodies of lines, a blank one every 3 s", HostileBodies::blankLines),
        new Attack("120 bodies, a byte every 3 s", HostileBodies::slowBytes));
  }

  private static void blankLines(Assailant assailant) throws IOException {
    drip(
        assailant,
        "POST /api/activities HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n",
        "1\r\n\n\r\n");
  }

  private static void slowBytes(Assailant assailant) throws IOException {
    drip(
        assailant,
        "POST /api/activities HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000\r\n\r\n{",
        " ");
  }

  private static void drip(Assailant assailant, String head, String drop) throws IOException {
    Socket[] sockets = new Socket[SLOW];
    for (int i = 0; i < SLOW; i++) {
      sockets[i] = assailant.connect(0);
      sockets[i].getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }
    while (!assailant.isOver()) {
      for (Socket socket : sockets) {
        try {
          socket.getOutputStream().write(drop.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
          // this one is no longer listened to
        }
      }
      Assailant.pause(BETWEEN_BYTES);
    }
  }

  private static byte[] post(Assailant assailant, byte[] body, String... headers) {
    return HttpConnection.post(
        assailant.port(), "/api/activities", "application/json", body, headers);
  }

  private static byte[] members() {
    StringBuilder activity = new StringBuilder("{\"type\":\"x\",\"data\":{");
    for (int i = 0; activity.length() < LARGE - 100; i++) {
      activity.append(i == 0 ? "" : ",").append('"').append(i).append("\":0");
    }
    return activity.append("}}").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] repeated(String first, String middle, String last) {
    return (first + middle.repeat((LARGE - 100) / middle.length()) + last)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
