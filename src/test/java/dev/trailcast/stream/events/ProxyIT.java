package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Machine;
import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.Proxy;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real proxies as they are delivered, with HTTP/2 before them. */
@OnSharedServer
class ProxyIT {
  @ArquillianResource private Server server;

  @TempDir Path directory;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared(); // with a heartbeat of 1 s
  }

  @ParameterizedTest
  @EnumSource
  void passesEachActivityOnAtOnceOverHttp2(Proxy.Program program) throws Exception {
    try (Proxy proxy = proxy(program);
        Reader reader = reader(proxy, "?source=/proxied")) {
      assertThat(reader.version()).isEqualTo(HttpClient.Version.HTTP_2);
      reader.await("opening", client -> client.events().size() == 1);
      for (int n = 1; n <= 3; n++) {
        int due = n;
        server.record("{\"source\":\"/proxied\",\"type\":\"passed\"}");
        reader.await("activity " + n, client -> client.activities().size() == due);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsAStreamOnWhichNothingHappensForLongerThanItsTimeOuts(Proxy.Program program)
      throws Exception {
    try (Proxy proxy = proxy(program);
        Reader reader = reader(proxy, "?source=/idle")) {
      reader.await("opening", client -> client.events().size() == 1);
      reader.awaitText("six heartbeats", "\n" + ":hb\n".repeat(6));

      server.record("{\"source\":\"/idle\",\"type\":\"passed\"}");

      reader.await("the activity", client -> client.activities().size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void letsTheServerKnowThatAReaderHasLeft(Proxy.Program program) throws Exception {
    try (Proxy proxy = proxy(program)) {
      HttpClient client = proxy.client();
      server.awaitNoReaders();
      try (Reader reader = new Reader(client, proxy.uri(server.base().getPath() + "api/events"))) {
        reader.await("opening", seen -> seen.events().size() == 1);
        assertThat(server.metric("trailcast_readers")).isEqualTo(1);
      }
      server.awaitNoReaders();
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesLinesOfAnyLength(Proxy.Program program) throws Exception {
    String line =
        "{\"source\":\"/long\",\"type\":\"passed\",\"data\":\"" + "x".repeat(50_000) + "\"}";
    List<String> lines = IntStream.range(0, 60).mapToObj(n -> line).toList(); // 3 MB
    try (Proxy proxy = proxy(program)) {
      HttpResponse<String> response =
          proxy
              .client()
              .send(
                  HttpRequest.newBuilder(proxy.uri(server.base().getPath() + "api/activities"))
                      .header("Content-Type", "application/x-ndjson")
                      .POST(BodyPublishers.ofString(String.join("\n", lines)))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(Server.json(response).getInt("accepted")).isEqualTo(60);
    }
  }

  private Reader reader(Proxy proxy, String query) throws Exception {
    return new Reader(proxy.client(), proxy.uri(server.base().getPath() + "api/events" + query));
  }

  /** Its time-outs are as much shorter as the heartbeat is: 4 s instead of 60. */
  private Proxy proxy(Proxy.Program program) throws Exception {
    Machine.mustHave(program, program.path().isPresent());
    return new Proxy(
        program,
        directory,
        server.base().getPort(),
        config ->
            config
                .replace("60s", "4s")
                .replace("location / {", "send_timeout 4s; proxy_read_timeout 4s; location / {"));
  }
}
