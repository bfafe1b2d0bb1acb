package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promise 5: a reader that stalls delays nobody. */
@ExtendWith(ArquillianExtension.class)
class StalledReaderIT {
  private static final int LARGE = 40_000;
  private static final int BATCHES = 50;

  @ArquillianResource private URL base;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with();
  }

  @Test
  void getsNothingWhileTwentyOthersGetEverything() throws Exception {
    Server server = Server.of(base);
    List<Reader> others = new ArrayList<>();
    try (Socket stalled = new Socket()) {
      stalled.setReceiveBufferSize(4096);
      stalled.connect(new InetSocketAddress("localhost", base.getPort()));
      OutputStream request = stalled.getOutputStream();
      String get =
          "GET %sapi/events?source=/stall HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(base.getPath());
      request.write(get.getBytes(StandardCharsets.US_ASCII));
      assertThat(stalled.getInputStream().read()).isEqualTo('H'); // it follows, and reads no more
      for (int i = 0; i < 20; i++) {
        others.add(new Reader(server, "api/events?source=/stall"));
      }

      String data = "x".repeat(LARGE);
      for (int batch = 0; batch < BATCHES; batch++) { // 20 MB, more than any socket buffers
        server.recordAll(
            IntStream.range(batch * 10, batch * 10 + 10)
                .mapToObj(
                    n ->
                        "{\"source\":\"/stall\",\"type\":\"counted\",\"subject\":\"%d\",\"data\":\"%s\"}"
                            .formatted(n, data))
                .toList());
        int due = batch * 10 + 10;
        for (Reader other : others) { // nobody waits for the one that stalls
          other.await("batch", client -> client.activities().size() == due);
        }
      }
      for (Reader other : others) {
        assertThat(EventsIT.subjects(other))
            .isEqualTo(IntStream.range(0, BATCHES * 10).mapToObj(Integer::toString).toList());
      }
    } finally {
      for (Reader other : others) {
        other.close();
      }
    }
  }
}
