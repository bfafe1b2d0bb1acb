package dev.trailcast.stream.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
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
import org.junit.jupiter.params.provider.ValueSource;

class StreamRequestTest {
  @Test
  void asksForEverythingFromNowOnIfNothingIsSaid() {
    assertThat(request(null))
        .isEqualTo(new StreamRequest(ActivityFilter.ALL, StartingPoint.NOW, false, false, null));
  }

  @Test
  void takesTermsOfOneNameAsAlternativesAndNamesAsConditions() {
    ActivityFilter filter =
        request(null, "type", "page.*", "type", "order.placed", "actor", "alice").filter();

    assertThat(filter.matches(Activity.of("alice", "page.viewed"))).isTrue();
    assertThat(filter.matches(Activity.of("alice", "order.placed"))).isTrue();
    assertThat(filter.matches(Activity.of("alice", "order.paid"))).isFalse();
    assertThat(filter.matches(Activity.of("bob", "page.viewed"))).isFalse();
    assertThat(filter.matches(Activity.of(null, "page.viewed"))).isFalse();
  }

  @Test
  void givesTheHeaderMoreWeightThanTheParameters() {
    assertThat(request("a-1", "lastEventId", "a-2").start()).isEqualTo(behind("a-1"));
    assertThat(request("", "lastEventId", "a-2").start()).isEqualTo(behind("a-2"));
    assertThat(request(null, "last_event_id", "a-3").start()).isEqualTo(behind("a-3"));
    assertThat(request(null, "evs_last_event_id", "a-4").start()).isEqualTo(behind("a-4"));
    assertThat(request(null, "lastEventId", "").start()).isEqualTo(StartingPoint.NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
    "2026-01-31T13:00:00+01:00, 2026-01-31T12:00:00Z",
    "2026-01-31T13:00:00 01:00, 2026-01-31T12:00:00Z",
    "1769860800000, 2026-01-31T12:00:00Z",
    "0, 1970-01-01T00:00:00Z"
  })
  void takesATimestampOrMillisecondsAsSince(String value, Instant since) {
    assertThat(request(null, "since", value).start()).isEqualTo(new StartingPoint.Since(since));
  }

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "3d, P3D",
    "PT5M, PT5M",
    "pt0.5s, PT0.5S",
    "P1DT2H, PT26H",
    "P1000000D, P1000000D"
  })
  void takesADurationAsSoLongAgo(String value, Duration ago) {
    Instant before = Instant.now();
    Instant since = ((StartingPoint.Since) request(null, "since", value).start()).time();

    assertThat(since.plus(ago)).isBetween(before, Instant.now());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "99999999999999999999",
        "0s",
        "PT0S",
        "-PT5M",
        "PT-5M",
        "-5m",
        "5 m",
        "5M",
        "1.5h",
        "P1M",
        "99999999999999999999d",
        "P99999999999999999999D",
        "P99999999999999D",
        "P999999999999D"
      })
  void refusesAsSinceWhatIsNoTimeInThePast(String value) {
    assertThatThrownBy(() -> request(null, "since", value))
        .isInstanceOf(WebApplicationException.class)
        .hasMessage(
            "since must be a timestamp of RFC 3339, milliseconds since 1970-01-01, or how long ago"
                + " as a duration above zero (30s, 5m, 2h, 3d or PT5M), not "
                + value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "last|-1|last must be a whole number from 0 to 100000, not -1",
        "last|many|last must be a whole number from 0 to 100000, not many",
        "rate|0|rate must be a whole number from 1 to 1000, not 0",
        "rate|fast|rate must be a whole number from 1 to 1000, not fast",
        "latest|type|latest must be actor or subject, not type",
        "named|yes|named must be true or false, not yes",
        "heartbeat|PT5S|heartbeat must be event or comment, not PT5S",
        "type|''|type must not be empty; leave it out to match anything"
      })
  void namesTheParameterAndWhatIsAllowed(String name, String value, String message) {
    assertThatThrownBy(() -> request(null, name, value))
        .isInstanceOf(WebApplicationException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "type, page.*",
    "actor, alice",
    "source, /shop",
    "subject, products/42",
    "lastEventId, a-1",
    "since, 5m",
    "last, 20",
    "latest, actor",
    "rate, 25",
    "named, true",
    "heartbeat, event"
  })
  void knowsItsParametersAndNotWhatIsMisspelt(String name, String value) {
    StreamRequest nothing = request(null);
    assertThat(request(null, name, value)).isNotEqualTo(nothing);
    assertThatThrownBy(() -> request(null, name + "x", value))
        .isInstanceOf(WebApplicationException.class)
        .hasMessage(name + "x is no parameter here; did you mean " + name + "?");
  }

  @Test
  void takesARateAndTheAttributeWhoseLatestAreWanted() {
    assertThat(request(null, "rate", "25").rate()).isEqualTo(25);
    assertThat(request(null, "latest", "actor").start())
        .isEqualTo(new StartingPoint.Latest(Attribute.ACTOR));
    assertThat(request(null, "latest", "subject").start())
        .isEqualTo(new StartingPoint.Latest(Attribute.SUBJECT));
  }

  private static StartingPoint behind(String position) {
    return new StartingPoint.Behind(position, StartingPoint.NOW);
  }

  private static StreamRequest request(String header, String... namesAndValues) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Query.read(parameters, query -> StreamRequest.of(query, header));
  }
}
