package dev.trailcast.ingest.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.InvalidActivityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryModeTest {
  private static final List<String> EVENT =
      List.of("ce-specversion", "1.0", "ce-id", "1", "ce-source", "/shop", "CE-Type", "t");

  @Test
  void hasTheAttributesInHeadersAndTheDataInTheBody() {
    Activity activity =
        read(
            "{\"type\": \"of the data\", \"id\": 7.0}",
            "Content-Type",
            "application/json",
            "ce-time",
            "2026-01-31T12:00:00Z",
            "ce-subject",
            "caf%C3%A9",
            "ce-actor",
            "alice",
            "ce-audience",
            "bob role:staff",
            "ce-retry",
            "5",
            "X-Request-Id",
            "1");

    assertThat(activity.type()).isEqualTo("t");
    assertThat(activity.id()).isEqualTo("1");
    assertThat(activity.source()).isEqualTo("/shop");
    assertThat(activity.time()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(activity.subject()).isEqualTo("café");
    assertThat(activity.actor()).isEqualTo("alice");
    assertThat(activity.audience()).hasToString("bob role:staff");
    assertThat(activity.extensions())
        .isEqualTo(Map.of("retry", "5", "datacontenttype", "application/json"));
    assertThat(activity.data()).hasToString("{\"type\":\"of the data\",\"id\":7.0}");
  }

  @Test
  void hasNoDataAndNoTypeOfItWithoutABody() {
    Activity activity = read("", "Content-Type", "application/octet-stream");

    assertThat(activity.data()).isNull();
    assertThat(activity.extensions()).isEmpty();
  }

  @Test
  void keepsBytesThatAreNoText() {
    assertThat(read("ab", "Content-Type", "image/png").extensions())
        .isEqualTo(Map.of("datacontenttype", "image/png", "data_base64", "YWI="));
  }

  @Test
  void goesByTheTypeOfTheBodyAlone() {
    assertThat(read("7", "Content-Type", "text/plain", "ce-datacontenttype", "image/png").data())
        .hasToString("\"7\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "ce-id           > 2          > id is given twice",
        "ce-subject      > %C0%A0     > subject is percent-encoded, but not as UTF-8",
        "ce-subject      > é          > subject must be of ASCII",
        "ce-subject      > a%0Ab      > subject must not hold control characters",
        "ce-time         > yesterday  > time must be a string with a timestamp of RFC 3339",
        "ce-trace_parent > 1          > \"trace_parent\" is no attribute",
        "ce-data_base64  > AA==       > \"data_base64\" is no attribute",
        "ce-data         > 1          > data is reserved",
        "ce-position     > e-1        > position is reserved",
        "ce-             > 1          > \"\" is no attribute",
        "Content-Type    > text/json  > data must be JSON in UTF-8, as datacontenttype says",
      })
  void saysWhichAttributeIsWrong(String header, String value, String message) {
    assertThatThrownBy(() -> read("x", header, value))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void needsWhatEveryEventMustHave() {
    assertThatThrownBy(() -> BinaryMode.read(TestRequest.with("ce-type", "t"), new byte[0]))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("specversion is required of a CloudEvent");
  }

  private static Activity read(String body, String... headers) {
    List<String> all = new ArrayList<>(EVENT);
    all.addAll(List.of(headers));
    return BinaryMode.read(TestRequest.with(all.toArray(String[]::new)), body.getBytes(UTF_8));
  }
}
