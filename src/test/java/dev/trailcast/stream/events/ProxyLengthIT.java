package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Machine;
import dev.trailcast.it.Proxy;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Upstream;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The servers believe lengths of bodies that RFC 9112 (section 6.3) has them refuse. Where a proxy
 * reads such a length otherwise, a part of one body is the next request.
 */
class ProxyLengthIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void passesNoLengthOnThatCanBeReadInTwoWays(Proxy.Program program) throws Exception {
    String chunked = "Transfer-Encoding: chunked\r\n";
    String chunks = "\r\n2\r\n{}\r\n0\r\n\r\n";
    Machine.mustHave(program, program.path().isPresent());
    try (Upstream upstream = new Upstream();
        Proxy proxy = new Proxy(program, directory, upstream.port(), config -> config)) {
      assertThat(passedOn(proxy, "Content-Length: 2\r\n\r\n{}", upstream))
          .containsOnlyOnce("content-length: 2\r\n");
      for (String refused :
          List.of(
              "Content-Length: +2\r\n\r\n{}",
              "Content-Length: -2\r\n\r\n{}",
              "Content-Length: 0x2\r\n\r\n{}",
              "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
              "Transfer-Encoding : chunked\r\n" + chunks,
              "Transfer-Encoding: xchunked\r\n" + chunks)) {
        assertThat(passedOn(proxy, refused, upstream)).as(refused).isEmpty();
      }
      for (String twice :
          List.of("Content-Length: 2, 2", "Content-Length: 2\r\nContent-Length: 2")) {
        assertThat(passedOn(proxy, twice + "\r\n\r\n{}", upstream)) // nothing, or one of them
            .matches("|(?s)(?!.*transfer-encoding).*content-length: 2\r\n(?!.*content-length).*");
      }
      for (String both :
          List.of("Content-Length: 2\r\n" + chunked, chunked + "Content-Length: 2\r\n")) {
        assertThat(passedOn(proxy, both + chunks, upstream)).doesNotContain("content-length");
      }
    }
  }

  private static String passedOn(Proxy proxy, String lengthAndBody, Upstream upstream)
      throws Exception {
    String head = "POST /api/activities HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    try (Socket socket = proxy.connect()) {
      RawHttp.send(socket, head + lengthAndBody);
    }
    return upstream.heads().toLowerCase(Locale.ROOT);
  }
}
