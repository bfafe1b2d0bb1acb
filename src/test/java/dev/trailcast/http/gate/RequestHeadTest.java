package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  @Test
  void hasNothingAgainstWhatBrowsersSend() {
    RequestHead head =
        head("/api/events", "subject={a|b}&actor=%C3%A4+x&since=2026-01-01T00:00:00Z");
    assertThat(head.problem()).isEmpty();
    assertThat(head.plainQuery())
        .isEqualTo("subject=%7Ba%7Cb%7D&actor=%C3%A4+x&since=2026-01-01T00:00:00Z");
    assertThat(head("/api/events", null).plainQuery()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"actor=%", "actor=%4", "type=%zz", "%zz=1", "actor=%ff", "actor=ä"})
  void refusesAQueryThatCanNotBeDecoded(String query) {
    assertThat(status(head("/api/events", query))).isEqualTo(400);
  }

  @Test
  void refusesAQueryThatIsTooLong() {
    String longest = "a".repeat(RequestHead.MOST_QUERY);
    assertThat(head("/api/events", longest).problem()).isEmpty();
    assertThat(status(head("/api/events", longest + "a"))).isEqualTo(414);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/{", "/api/<b>", "/api/\"", "/api/ä", "/api/a b"})
  void refusesAPathThatIsNotEncoded(String path) {
    assertThat(status(head(path, null))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a<", "localhost:80:80", "user@localhost", "[::1", "a/b", "a:x"})
  void refusesAHostThatIsNone(String host) {
    assertThat(status(with(List.of(host), List.of(), List.of()))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "localhost", "localhost:9080", "[::1]:9080", "127.0.0.1", "a_b.example:"})
  void takesAHost(String host) {
    assertThat(with(List.of(host), List.of(), List.of()).problem()).isEmpty();
  }

  @Test
  void refusesAnAcceptHeaderThatIsNoneAndJoinsSeveral() {
    assertThat(status(with(List.of(), List.of("garbage"), List.of()))).isEqualTo(400);
    assertThat(with(List.of(), List.of("a/b;q=0.1", "c/d"), List.of()).plainAccept())
        .isEqualTo("a/b;q=0.1, c/d");
    assertThat(with(List.of(), List.of(), List.of()).plainAccept()).isNull();
  }

  @Test
  void takesABodyWhoseTypeIsNotSaidForUnknown() {
    String json = "application/json";
    assertThat(contentType(json)).isEqualTo(json);
    assertThat(contentType()).isEqualTo("application/octet-stream");
    assertThat(contentType("*/*")).isEqualTo("application/octet-stream");
    assertThat(contentType("garbage")).isEqualTo("application/octet-stream");
    assertThat(contentType(json, "text/plain")).isEqualTo("application/octet-stream");
  }

  private static String contentType(String... headers) {
    return with(List.of(), List.of(), List.of(headers)).plainContentType();
  }

  private static RequestHead head(String path, String query) {
    return new RequestHead(path, query, List.of("localhost"), List.of(), List.of());
  }

  private static RequestHead with(
      List<String> hosts, List<String> accept, List<String> contentTypes) {
    return new RequestHead("/api/events", null, hosts, accept, contentTypes);
  }

  private static int status(RequestHead head) {
    return head.problem().orElseThrow().status();
  }
}
