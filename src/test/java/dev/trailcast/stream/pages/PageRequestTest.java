package dev.trailcast.stream.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.http.Query;
import dev.trailcast.stream.trail.StartingPoint;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRequestTest {
  @Test
  void asksForTheNewestHundredIfNothingIsSaid() {
    assertThat(request())
        .isEqualTo(new PageRequest(ActivityFilter.ALL, null, null, 100, Duration.ZERO));
  }

  @Test
  void goesForwardFromAPositionATimeOrTheNewestFew() {
    assertThat(request("after", "a-1", "wait", "PT30S", "limit", "7"))
        .isEqualTo(
            new PageRequest(
                ActivityFilter.ALL,
                new StartingPoint.Behind("a-1", StartingPoint.NOW),
                null,
                7,
                Duration.ofSeconds(30)));
    assertThat(request("since", "0").after()).isEqualTo(new StartingPoint.Since(Instant.EPOCH));
    assertThat(request("since", "5m").after()).isInstanceOf(StartingPoint.Since.class);
    assertThat(request("last", "0").after()).isEqualTo(new StartingPoint.Last(0));
  }

  @Test
  void goesBackwardsFromAPosition() {
    assertThat(request("before", "a-1").before()).isEqualTo("a-1");
    assertThat(request("before", "a-1").after()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "type, page.*",
    "actor, alice",
    "source, /shop",
    "subject, products/42",
    "before, a-1",
    "after, a-1",
    "since, 5m",
    "last, 20",
    "limit, 7"
  })
  void knowsItsParametersAndNotWhatIsMisspelt(String name, String value) {
    PageRequest nothing = request();
    assertThat(request(name, value)).isNotEqualTo(nothing);
    assertThatThrownBy(() -> request(name + "x", value))
        .isInstanceOf(WebApplicationException.class)
        .hasMessage(name + "x is no parameter here; did you mean " + name + "?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0 | limit must be a whole number from 1 to 1000, not 0",
        "limit=1001 | limit must be a whole number from 1 to 1000, not 1001",
        "after=a-1&wait=30 | wait must be an ISO-8601 duration from PT0S to PT1M, not 30",
        "after=a-1&wait=PT61S | wait must be an ISO-8601 duration from PT0S to PT1M, not PT61S",
        "after=a-1&wait=-PT1S | wait must be an ISO-8601 duration from PT0S to PT1M, not -PT1S",
        "wait=PT1S | wait needs one of after, since and last",
        "before=a-1&wait=PT1S | wait needs one of after, since and last",
        "last=3&wiat=PT1S | wiat is no parameter here; did you mean wait?",
        "lastEventId=a-1 | lastEventId is no parameter here; there are after, since, last, before,"
            + " wait, limit, type, actor, source, subject",
        "before=a-1&last=3 | before can't stand beside after, since or last",
        "since=yesterday | since must be a timestamp of RFC 3339, milliseconds since 1970-01-01, or"
            + " how long ago as a duration above zero (30s, 5m, 2h, 3d or PT5M), not yesterday"
      })
  void refusesWhatItCanNotDo(String query, String because) {
    String[] parameters = query.split("[=&]");
    assertThatThrownBy(() -> request(parameters))
        .isInstanceOf(WebApplicationException.class)
        .hasMessage(because);
  }

  private static PageRequest request(String... namesAndValues) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Query.read(parameters, PageRequest::of);
  }
}
