package dev.trailcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.OnSharedServer;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are malformed before they reach a resource: one answer on every server. */
@OnSharedServer
class HttpEdgesIT {
  private static final String END = "\r\n";
  private static final String ACTIVITY = "{\"type\":\"edge.tried\"}";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.shared();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "GET api/activities?actor=%          > 400",
        "GET api/activities?type=%zz         > 400",
        "GET api/activities?%zz=1            > 400",
        "GET api/activities?actor=%ff        > 400",
        "GET api/events?actor=%              > 400",
        "GET api/stats?actor=%               > 400",
        "GET api/{                           > 400",
        "GET api/nothing                     > 404",
        "GET api/                            > 404",
        "GET api/application.wadl            > 404",
        "GET api/application.wadl?detail=true > 404",
        "OPTIONS api/nothing                 > 404",
        "GET nothing                         > 404",
        "GET WEB-INF/web.xml                 > 404",
        "PUT api/activities                  > 405",
        "M1 api/activities                   > 405",
        "GET api/notifications               > 405",
        "DELETE api/stats                    > 405",
        "POST api/events                     > 405",
      })
  void refusesATargetWithAProblem(String line, int status) throws Exception {
    assertProblem(server.raw(line, "Content-Length: 0" + END + END), status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api/activities", "api/events", "api/position", "api/stats"})
  void refusesAQueryThatIsTooLong(String path) throws Exception {
    String target = "GET " + path + "?actor=" + "a".repeat(15_000);
    assertProblem(server.raw(target, END), 414);
  }

  @ParameterizedTest
  @ValueSource(strings = {"subject={a}", "subject=a|b^c`d", "subject=[a]"})
  void takesWhatBrowsersDoNotEncode(String query) throws Exception {
    assertThat(server.raw("GET api/activities?" + query, END).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "garbage                         > 400",
        "a/b/c                           > 400",
        "application/json;q=x            > 400",
        "application/json;q=2            > 400",
        "application/json;a=\"b          > 400",
        ";                               > 400",
        "image/png                       > 406",
      })
  void refusesAnAcceptHeaderWithAProblem(String accept, int status) throws Exception {
    for (String path : new String[] {"api/activities", "api/events", "api/position", "api/stats"}) {
      assertProblem(server.raw("GET " + path, "Accept: " + accept + END + END), status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: ,application/json",
        "Accept:",
        "Accept: text/html, image/gif, *; q=.2, */*; q=.2",
        "Accept: application/json; charset=utf-8",
        "Accept-Language: ;q=%%",
        "Accept-Encoding: ;;q=,",
        "If-None-Match: \"",
        "Range: bytes=x",
      })
  void takesAHeaderThatAnswersNothing(String header) throws Exception {
    assertThat(server.raw("GET api/activities", header + END + END).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Type:",
        "Content-Type: */*",
        "Content-Type: application/*",
        "Content-Type: garbage",
        "Content-Type: a/b/c",
        "Content-Type: application/json;charset=",
        "Content-Type: application/json\r\nContent-Type: text/plain",
        "Content-Type: text/plain",
      })
  void recordsNothingWhoseTypeIsNotSaid(String header) throws Exception {
    RawHttp answer =
        server.raw("POST api/activities", header.isEmpty() ? body() : header + END + body());
    assertProblem(answer, 415);
    assertThat(answer.body()).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json;", "APPLICATION/JSON; Charset=\"UTF-8\""})
  void recordsWhateverCaseItsTypeIsIn(String contentType) throws Exception {
    RawHttp answer =
        server.raw("POST api/activities", "Content-Type: " + contentType + END + body());
    assertThat(answer.status()).isEqualTo(201);
  }

  private static String body() {
    return "Content-Length: " + ACTIVITY.length() + END + END + ACTIVITY;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "PUT api/activities     > DELETE GET HEAD OPTIONS POST",
        "OPTIONS api/activities > DELETE GET HEAD OPTIONS POST",
        "GET api/notifications  > OPTIONS POST",
        "OPTIONS api/notifications > OPTIONS POST",
        "POST api/events        > GET HEAD OPTIONS",
        "OPTIONS api/events     > GET HEAD OPTIONS",
        "M1 api/stats           > GET HEAD OPTIONS",
      })
  void saysWhichMethodsThereAre(String line, String methods) throws Exception {
    RawHttp answer = server.raw(line, "Content-Length: 0" + END + END);
    Set<String> allowed = new TreeSet<>(Set.of(answer.header("Allow").orElseThrow().split(", *")));
    assertThat(String.join(" ", allowed)).isEqualTo(methods);
  }

  @Test
  void tellsBrowsersWhatTheyMustNotDo() throws Exception {
    for (String path :
        new String[] {
          "", "trailcast.js", "trailcast.html", "api/stats", "api/nothing", "nothing"
        }) {
      RawHttp answer = server.raw("GET " + path, END);
      assertThat(answer.header("X-Content-Type-Options")).as(path).contains("nosniff");
      assertThat(answer.header("Cross-Origin-Resource-Policy")).as(path).contains("same-origin");
      assertThat(answer.header("Content-Security-Policy"))
          .as(path)
          .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
    }
    for (String page : new String[] {"", "trailcast.html", "nothing"}) {
      RawHttp answer = server.raw("GET " + page, END);
      assertThat(answer.header("Referrer-Policy")).as(page).contains("same-origin");
      assertThat(answer.header("Cross-Origin-Opener-Policy")).as(page).contains("same-origin");
    }
  }

  @Test
  void stillStreamsWhatIsAskedForProperly() throws Exception {
    try (Reader reader = new Reader(server, "api/events?source=/edges")) {
      reader.await("opening", client -> client.events().size() == 1);
      server.record("{\"source\":\"/edges\",\"type\":\"edge.tried\"}");
      reader.await("the activity", client -> client.activities().size() == 1);
    }
  }

  private static void assertProblem(RawHttp answer, int status) {
    assertThat(answer.status()).as(answer.head()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.head()).doesNotContain("$WS", "Server:", "X-Powered-By");
    assertThat(answer.body())
        .contains("\"status\":" + status)
        .doesNotContainPattern(
            "localhost|127\\.0|SRVE|Exception|RESTEASY|HTTP [0-9]|jakarta|javax");
  }
}
