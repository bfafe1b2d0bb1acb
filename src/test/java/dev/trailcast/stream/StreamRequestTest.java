package dev.trailcast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
  @CsvSource(
      delimiter = '|',
      value = {
        "since|yesterday|since must be a timestamp of RFC 3339 or milliseconds since 1970-01-01, not yesterday",
        "since|99999999999999999999|since must be a timestamp of RFC 3339 or milliseconds since 1970-01-01, not 99999999999999999999",
        "last|-1|last must be a whole number from 0 to 2147483647, not -1",
        "last|many|last must be a whole number from 0 to 2147483647, not many",
        "rate|0|rate must be a whole number from 1 to 1000, not 0",
        "rate|fast|rate must be a whole number from 1 to 1000, not fast",
        "latest|type|latest must be actor or subject, not type",
        "named|yes|named must be true or false, not yes",
        "heartbeat|PT5S|heartbeat must be event or comment, not PT5S",
        "type|''|type must not be empty; leave it out to match anything"
      })
  void namesTheParameterAndWhatIsAllowed(String name, String value, String message) {
    assertThatThrownBy(() -> request(null, name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
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

  private static StreamRequest request(String header, String... query) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.add(query[i], query[i + 1]);
    }
    return StreamRequest.of(new Query(parameters), header);
  }
}
