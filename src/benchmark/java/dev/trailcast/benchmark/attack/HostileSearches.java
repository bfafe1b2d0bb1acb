package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.HttpConnection;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Questions that are long, or need long to be answered. */
final class HostileSearches {
  private static final int AT_A_TIME = 50;

  /** As many as there may be, of which no activity matches any. */
  private static final String TERMS = terms(100);

  private static final String TOO_MANY_TERMS = terms(1_000);

  private HostileSearches() {}

  static List<Attack> all() {
    return List.of(
        pages("pages through all that is kept, 100 prefixes, 50 at a time", "after=earliest&"),
        pages("the same from the newest on", "last=100000&"),
        pages("the same by time", "since=0&"),
        new Attack(
            "the same, hung up at once",
            assailant ->
                hangUp(assailant, i -> get(assailant, "/api/activities?last=100000&" + TERMS + i))),
        streams("40 streams with the newest 100,000 of 100 prefixes", "last=100000&"),
        streams("40 streams with the latest of each actor of 100 prefixes", "latest=actor&"),
        new Attack(
            "1,000 terms, 900 at a time",
            assailant ->
                assailant.hold(900, 900, i -> get(assailant, "/api/events?" + TOO_MANY_TERMS + i))),
        new Attack(
            "200 streams with 100 prefixes each",
            assailant -> assailant.hold(200, 200, i -> get(assailant, "/api/events?" + TERMS + i))),
        new Attack(
            "64 streams of figures with a filter each",
            assailant ->
                assailant.hold(
                    64,
                    1,
                    i -> get(assailant, "/api/stats?actor=" + i, "Accept: text/event-stream"))));
  }

  private static Attack pages(String name, String from) {
    return new Attack(
        name,
        assailant ->
            assailant.send(
                Integer.MAX_VALUE,
                AT_A_TIME,
                i -> get(assailant, "/api/activities?" + from + TERMS + i)));
  }

  private static Attack streams(String name, String from) {
    return new Attack(
        name,
        assailant -> assailant.hold(40, 1, i -> get(assailant, "/api/events?" + from + TERMS + i)));
  }

  private static void hangUp(Assailant assailant, IntFunction<byte[]> request) throws IOException {
    for (int i = 0; !assailant.isOver(); i++) {
      try (Socket socket = assailant.connect(0)) {
        socket.getOutputStream().write(request.apply(i));
      }
    }
  }

  private static byte[] get(Assailant assailant, String path, String... headers) {
    return HttpConnection.get(assailant.port(), path, headers);
  }

  /** So many, of which what follows makes the last another for everybody. */
  private static String terms(int count) {
    return IntStream.range(0, count - 1)
            .mapToObj(i -> "actor=q" + i + "*&")
            .collect(Collectors.joining())
        + "actor=z";
  }
}
