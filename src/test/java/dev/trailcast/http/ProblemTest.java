package dev.trailcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  @Test
  void isWrittenAsRfc9457Says() {
    assertThat(json(Problem.badRequest("type is \"required\"")))
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"type is \\\"required\\\"\"}");
  }

  @Test
  void needsNoDetail() {
    assertThat(json(Problem.of(404, null)))
        .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404}");
  }

  @Test
  void hasATitleForAStatusThatNobodyKnows() {
    assertThat(Problem.of(499, null).title()).isEqualTo("Refused");
  }

  @Test
  void takesFurtherMembersInTheirOrder() {
    Problem problem =
        Problem.badRequest(null)
            .with("line", 7L)
            .with("accepted", 3)
            .with(Map.of("problems", List.of(Map.of("detail", "is bad"))));

    assertThat(json(problem))
        .endsWith(",\"line\":7,\"accepted\":3,\"problems\":[{\"detail\":\"is bad\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "title", "status", "detail", "instance"})
  void keepsTheMembersOfRfc9457ForThemselves(String name) {
    Problem problem = Problem.badRequest("no");

    assertThatThrownBy(() -> problem.with(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void isAResponseThatNobodyKeeps() {
    Response response = Problem.of(Response.Status.CONFLICT, "no").toResponse();

    assertThat(response.getStatus()).isEqualTo(409);
    assertThat(response.getMediaType()).hasToString("application/problem+json");
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeaderString("Retry-After")).isNull();
    assertThat((byte[]) response.getEntity()).asString(UTF_8).contains("\"status\":409");
  }

  @ParameterizedTest
  @CsvSource({"PT1S, 1", "PT0.001S, 1", "PT1.5S, 2", "PT0S, 0", "PT2M, 120"})
  void saysInWholeSecondsWhenToComeAgainAndNeverTooEarly(Duration after, String seconds) {
    Response response = Problem.unavailable("later", after).toResponse();

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo(seconds);
  }

  @Test
  void isThrownByAResource() {
    Response response = Problem.badRequest("no").exception().getResponse();

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat((byte[]) response.getEntity()).asString(UTF_8).contains("\"detail\":\"no\"");
  }

  private static String json(Problem problem) {
    return new String(problem.json(), UTF_8);
  }
}
