package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.HttpConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;

/** Readers that do not read. */
final class HostileReaders {
  private static final String EARLIEST = "/api/events?lastEventId=earliest";

  private HostileReaders() {}

  static List<Attack> all() {
    return List.of(
        new Attack(
            "600 want all that is kept and read nothing, one address",
            assailant -> assailant.hold(600, 1, i -> follow(assailant, EARLIEST))),
        new Attack(
            "1,500 want all that is kept and read nothing, 1,500 addresses",
            assailant -> assailant.hold(1_500, 1_500, i -> follow(assailant, EARLIEST))),
        new Attack(
            "600 of one address, dialled again and again",
            assailant -> redial(assailant, 1, i -> follow(assailant, EARLIEST))),
        new Attack(
            "600 of 600 addresses, dialled again and again",
            assailant -> redial(assailant, 600, i -> follow(assailant, EARLIEST))),
        new Attack(
            "400 of gzip with a filter each, all that is kept",
            assailant ->
                assailant.hold(
                    400,
                    400,
                    i ->
                        HttpConnection.get(
                            assailant.port(),
                            EARLIEST + "&actor=a*&actor=" + i,
                            "Accept: text/event-stream",
                            "Accept-Encoding: gzip"))),
        new Attack(
            "HEAD of streams with a filter each, 10 at a time",
            assailant ->
                assailant.send(
                    Integer.MAX_VALUE,
                    10,
                    i ->
                        ("HEAD /api/stats?actor="
                                + i
                                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII))));
  }

  private static byte[] follow(Assailant assailant, String path) {
    return HttpConnection.get(assailant.port(), path, "Accept: text/event-stream");
  }

  /**
   * Dials anew at each of 600 places as soon as it was answered there, let in or not, and reads
   * nothing more than that.
   */
  private static void redial(Assailant assailant, int addresses, IntFunction<byte[]> request)
      throws InterruptedException {
    Socket[] sockets = new Socket[600];
    int threads = 20;
    assailant.inParallel(
        threads,
        first -> {
          for (int i = first; !assailant.isOver(); i += threads) {
            int place = i % sockets.length;
            if (sockets[place] != null) {
              assailant.hear(sockets[place]);
              sockets[place].close();
            }
            sockets[place] = assailant.connect(place % addresses);
            sockets[place].getOutputStream().write(request.apply(i));
          }
        });
  }
}
