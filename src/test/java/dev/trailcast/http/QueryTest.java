package dev.trailcast.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.ActivityFilter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void isReadByADoorThatMayAskForAnything() {
    assertThat(read(Query::filter)).isEqualTo(ActivityFilter.ALL);
    Integer last = read(query -> query.number("last", 0, 9), "last", "7");
    assertThat(last).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "types|types is no parameter here; did you mean type?",
        "colour|colour is no parameter here; there are type, actor, source, subject",
        "lastEventId|lastEventId is no parameter here; there are type, actor, source, subject"
      })
  void refusesWhatTheDoorDoesNotKnow(String name, String because) {
    assertRefused(Query::filter, because, "type", "a", name, "x");
  }

  @Test
  void asksForTheSameWhateverIsAddedOnTheWay() {
    assertThat(Query.asked("type=a&type=b&last=20&lastEventId=e-1&_=7&ticket=x&padding="))
        .isEqualTo(Query.asked("last=20&type=a&type=%62"))
        .isNotEqualTo(Query.asked("last=20&type=b&type=a&actor="))
        .isNotEqualTo(Query.asked(null));
    assertThat(Query.ticket("type=a&ticket=x%2B")).isEqualTo("x+");
    assertThat(Query.ticket(null)).isNull();
  }

  @Test
  void isAFilterAloneWhereThatStandsElsewhere() {
    assertThat(Query.filterIn("type=page.*&actor=a%26b&type=x"))
        .isEqualTo(read(Query::filter, "type", "page.*", "type", "x", "actor", "a&b"));
    assertThat(Query.filterIn("")).isEqualTo(ActivityFilter.ALL);
    for (String more : new String[] {"last=20", "_=1", "ticket=x", "&", "type=a&typ=b"}) {
      assertThatThrownBy(() -> Query.filterIn(more))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no parameter here");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evs_preamble", "padding", "r", "_", "t", ""})
  void letsClientsAddWhatTheyAdd(String name) {
    assertThat(read(Query::filter, name, "1", name, "2")).isEqualTo(ActivityFilter.ALL);
  }

  @Test
  void takesThePositionThatWasAddedLast() {
    assertThat(read(Query::lastEventId, "lastEventId", "earliest", "lastEventId", "a-2"))
        .isEqualTo("a-2");
    assertThat(read(Query::lastEventId, "lastEventId", "earliest", "lastEventId", ""))
        .isEqualTo("earliest");
    assertThat(read(Query::lastEventId, "last_event_id", "a-3")).isEqualTo("a-3");
    assertThat(read(Query::lastEventId, "evs_last_event_id", "a-4")).isEqualTo("a-4");
    assertThat(read(Query::lastEventId)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lastEventId", "last_event_id", "evs_last_event_id"})
  void ignoresAPositionWhereThereIsNoPast(String name) {
    Function<Query, ActivityFilter> reading =
        query -> {
          query.ignoreLastEventId();
          return query.filter();
        };
    assertThat(read(reading, name, "a-1")).isEqualTo(ActivityFilter.ALL);
  }

  @Test
  void refusesToChooseBetweenTwoValues() {
    assertRefused(
        query -> query.number("last", 0, 9),
        "last must be given once, not 2 times",
        "last",
        "1",
        "last",
        "2");
  }

  @Test
  void takesAHundredTermsOrFourKilobytesOfThem() {
    String all = "the terms of type, actor, source, subject together must be ";

    assertThat(read(Query::filter, terms(100)).types().exact()).hasSize(50);
    assertRefused(Query::filter, all + "100 at most, not 101", terms(101));
    assertThat(read(Query::filter, "type", "a".repeat(4096)).types().exact()).hasSize(1);
    assertRefused(
        Query::filter, all + "4096 bytes at most, not 4097", "type", "\u00e4".repeat(2048) + "*");
  }

  private static String[] terms(int count) {
    return IntStream.range(0, count)
        .boxed()
        .flatMap(i -> Stream.of(i % 2 == 0 ? "type" : "actor", "a" + i))
        .toArray(String[]::new);
  }

  @Test
  void countsBackAHundredThousandAtMost() {
    assertThat(read(Query::last, "last", "100000")).isEqualTo(100_000);
    assertRefused(
        Query::last, "last must be a whole number from 0 to 100000, not 100001", "last", "100001");
  }

  @Test
  void showsNoMoreOfWhatWasSentThanIsNeededToFindIt() {
    String longOne = "x".repeat(10_000);
    String shown = "x".repeat(64) + "…";

    assertRefused(
        Query::filter,
        shown + " is no parameter here; there are type, actor, source, subject",
        longOne,
        "1");
    assertRefused(
        query -> query.number("last", 0, 9),
        "last must be a whole number from 0 to 9, not " + shown,
        "last",
        longOne);
  }

  private static void assertRefused(
      Function<Query, ?> reading, String because, String... namesAndValues) {
    assertThatThrownBy(() -> read(reading, namesAndValues))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(400))
        .hasMessage(because);
  }

  private static <T> T read(Function<Query, T> reading, String... namesAndValues) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Query.read(parameters, reading);
  }
}
