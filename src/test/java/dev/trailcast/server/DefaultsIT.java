package dev.trailcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What {@code server-config} decides otherwise than the servers by themselves. */
@OnSharedServer
class DefaultsIT {
  private static final String END = "\r\n";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared();
  }

  @Test
  void readsNoMoreHeadersThanClientsSend() throws Exception {
    assertThat(server.raw("GET api/stats", headers(50) + END).status()).isEqualTo(200);
    assertThat(server.raw("GET api/stats", headers(65) + END).status()).isEqualTo(400);
    assertThat(server.raw("GET api/stats", header(10_000) + END).status()).isEqualTo(200);
    assertThat(server.raw("GET api/stats", header(40_000) + END).status()).isEqualTo(400);
  }

  private static String headers(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> "X-" + n + ": a" + END)
        .collect(Collectors.joining());
  }

  private static String header(int length) {
    return "X-Long: " + "a".repeat(length) + END;
  }

  @Test
  void measuresNothingMoreForEveryMethodThatSomebodyInvents() throws Exception {
    inventMethods("FIRST", 1); // what is measured of any request
    long before = measured();
    inventMethods("M", 20);
    assertThat(measured()).isLessThanOrEqualTo(before + 2); // figures that come with time
  }

  private void inventMethods(String prefix, int count) throws Exception {
    for (int n = 0; n < count; n++) {
      server.raw(prefix + n + " trailcast.html", END);
      server.raw(prefix + n + " api/nothing", END);
    }
  }

  private long measured() throws Exception {
    RawHttp metrics = server.raw("GET /metrics", END);
    assertThat(metrics.status()).isEqualTo(200);
    return metrics.body().lines().count();
  }

  @Test
  void hasNoDoorForWriteKeysWhereThereIsNone() throws Exception {
    assertThat(server.post("api/v1/batch", "application/json", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void doesNotSayWhatItIs() throws Exception {
    for (String address : List.of("trailcast.html", "api/stats", "api/nothing", "/metrics")) {
      RawHttp answer = server.raw("GET " + address, END);
      assertThat(answer.header("Server")).as(address).isEmpty();
      assertThat(answer.header("X-Powered-By")).as(address).isEmpty();
    }
  }

  @Test
  void believesNobodyThatAProxyHasSentIt() throws Exception {
    RawHttp moved = server.raw("GET trailcast", "$WSSN: elsewhere.example" + END + END);
    assertThat(moved.status()).isBetween(301, 302);
    assertThat(moved.header("Location")).get().asString().startsWith("http://localhost/");
  }
}
