package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application whose beans fire, and that has nothing over HTTP but the stream. */
@ExtendWith(ArquillianExtension.class)
class DoorsIT {
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
        "trailcast.http.publish", "false",
        "trailcast.segment.write-keys", "web:a-key-of-web-pages",
        "trailcast.http.pages", "false",
        "trailcast.http.statistics", "false",
        "trailcast.http.dashboard", "false");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET api/activities",
        "POST api/activities",
        "OPTIONS api/activities",
        "POST api/v1/track",
        "POST api/v1/b/",
        "POST api/notifications",
        "GET api/stats",
        "HEAD api/stats",
        "GET ",
        "GET trailcast.html",
        "GET trailcast.%68tml",
        "GET trailcast/dashboard/main.js",
        "GET trailcast/common/problem.js",
        "GET trailcast/icon.svg"
      })
  void findsNothingWhereItIsNotToBe(String line) throws Exception {
    RawHttp answer = server.raw(line, "Content-Length: 0\r\n\r\n");
    assertThat(answer.status()).as(answer.head()).isEqualTo(404);
  }

  @Test
  void stillStreamsWhatBeansFire() throws Exception {
    try (Reader reader = new Reader(server, "api/events?type=fired")) {
      reader.await("opening", client -> client.events().size() == 1);
      server.fire("plain", "fired", 1);
      reader.await("what was fired", client -> client.activities().size() == 1);
    }
  }

  @Test
  void stillHasTheClient() throws Exception {
    assertThat(server.get("trailcast.js").statusCode()).isEqualTo(200);
    assertThat(server.get("trailcast/client/kept.js").statusCode()).isEqualTo(200);
  }
}
