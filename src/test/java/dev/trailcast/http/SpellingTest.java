package dev.trailcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of("type", "actor", "last", "limit", "lastEventId", "trailcast.ingest.max-depth");

  @ParameterizedTest
  @CsvSource({
    "types, type",
    "tpye, type",
    "typo, type",
    "TYPE, type",
    "lst, last",
    "alst, last",
    "limti, limit",
    "Last-Event-ID, lastEventId",
    "lastEvnt, lastEventId",
    "trailcast.ingest.maxDepth, trailcast.ingest.max-depth",
    "TRAILCAST_INGEST_MAX_DEEP, trailcast.ingest.max-depth"
  })
  void asksForTheNearest(String name, String nearest) {
    assertThat(Spelling.hint(name, KNOWN)).isEqualTo("did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "tp", "tree", "page", "colour", "trailcast.ingest.room"})
  void listsWhatThereIsWhereNoneIsNear(String name) {
    assertThat(Spelling.hint(name, KNOWN)).isEqualTo("there are " + String.join(", ", KNOWN));
  }

  @Test
  void looksAtTheBeginningOfALongName() {
    String known = "x".repeat(64);
    assertThat(Spelling.hint(known + "y".repeat(1_000), List.of(known)))
        .isEqualTo("did you mean " + known + "?");
  }
}
