package dev.trailcast.http.gate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.http.Problem;
import dev.trailcast.http.Query;
import dev.trailcast.journal.StreamPosition;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Any address, and any headers: {@code path?query} on a line, and {@code name: value} on others.
 */
class RequestHeadFuzzTest {
  private static final List<HostPattern> HOSTS =
      List.of(
          HostPattern.parse("10.0.0.0/8"),
          HostPattern.parse("[fd00::]/8"),
          HostPattern.parse("*.trail.example"));

  @FuzzTest
  void isRefusedOrReadAlikeByEverybody(byte[] request) {
    String[] lines = new String(request, ISO_8859_1).split("\n", -1);
    String[] address = lines[0].split("\\?", 2);
    RequestHead head =
        new RequestHead(
            address[0],
            address.length == 1 ? null : address[1],
            headers("Host", lines),
            headers("Accept", lines),
            headers("Content-Type", lines));

    Optional<Problem> problem = head.problem();
    if (problem.isPresent()) {
      assertThat(problem.get().toResponse().getStatus()).isIn(400, 414);
      return;
    }
    head.hosts().forEach(host -> HOSTS.forEach(pattern -> pattern.matches(host)));
    assertReadsAgain(head);
    if (head.query() != null) {
      String plain = head.plainQuery();
      assertThat(URI.create("/?" + plain).getRawQuery()).isEqualTo(plain);
      assertThat(Query.asked(plain)).isEqualTo(Query.asked(head.query()));
      assertThat(Query.ticket(plain)).isEqualTo(Query.ticket(head.query()));
      read(parameters(plain));
    }
    headers("Origin", lines).forEach(RequestHeadFuzzTest::readOrigin);
  }

  private static List<String> headers(String name, String[] lines) {
    List<String> values = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith(name + ": ")) {
        values.add(line.substring(name.length() + 2));
      }
    }
    return values;
  }

  private static void assertReadsAgain(RequestHead head) {
    String accept = head.plainAccept();
    if (accept != null) {
      RequestHead again =
          new RequestHead("/", null, List.of(), List.of(accept), head.contentTypes());
      assertThat(again.plainAccept()).isEqualTo(accept);
    }
    assertThat(MediaRanges.isMediaType(head.plainContentType())).isTrue();
  }

  private static MultivaluedMap<String, String> parameters(String query) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] sides = parameter.split("=", 2);
      parameters.add(
          URLDecoder.decode(sides[0], UTF_8),
          sides.length == 1 ? "" : URLDecoder.decode(sides[1], UTF_8));
    }
    return parameters;
  }

  /** As the stream and the pages read it. */
  private static void read(MultivaluedMap<String, String> parameters) {
    try {
      ActivityFilter filter =
          Query.read(
              parameters,
              query -> {
                query.flag("named", "true", "false");
                query.number("limit", 1, 1_000);
                query.duration("wait", Duration.ofMinutes(1));
                query.instant("since");
                query.last();
                assertIsWrittenTheSame(query.lastEventId());
                assertIsWrittenTheSame(query.text("after"));
                return query.filter();
              });
      assertIsReadAgain(filter.types());
      assertIsReadAgain(filter.actors());
      assertIsReadAgain(filter.sources());
      assertIsReadAgain(filter.subjects());
    } catch (WebApplicationException e) {
      assertThat(e.getResponse().getStatus()).isEqualTo(400);
    }
  }

  private static void assertIsReadAgain(Terms terms) {
    assertThat(Terms.parse(terms.written())).isEqualTo(terms);
  }

  private static void assertIsWrittenTheSame(String position) {
    if (position != null) {
      Optional<StreamPosition> read = StreamPosition.parse(position);
      assertThat(read.map(StreamPosition::toString).flatMap(StreamPosition::parse)).isEqualTo(read);
    }
  }

  private static void readOrigin(String text) {
    try {
      Origin origin = Origin.parse(text);
      assertThat(Origin.parse(text.toUpperCase())).isEqualTo(origin);
    } catch (IllegalArgumentException e) {
      // is none
    }
  }
}
