package dev.trailcast.ingest.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.InvalidActivityException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTest {
  @Test
  void isAnActivityForThoseItIsToWithTheMessageInItsData() {
    Activity activity =
        Notification.read("{\"to\":[\"bob\",\"role:support\",\"alice\"],\"message\":\"Tea!\"}");

    assertThat(activity.type()).isEqualTo("notification.sent");
    assertThat(activity.audience()).hasToString("alice bob role:support");
    assertThat(activity.data()).hasToString("{\"message\":\"Tea!\"}");
    assertThat(activity.actor()).isNull(); // then the caller is
    assertThat(activity.source()).isEqualTo("/");
  }

  @Test
  void hasWhatEveryActivityMayHave() {
    Activity activity =
        Notification.read(
            """
            {"id":"1","source":"/shop","type":"order.shipped","subject":"orders/17","actor":"shop",
             "time":"2026-01-31T12:00:00Z","severity":"low","to":"alice",
             "message":{"total": 1.0, "to":[]}}
            """);

    assertThat(activity.id()).isEqualTo("1");
    assertThat(activity.source()).isEqualTo("/shop");
    assertThat(activity.type()).isEqualTo("order.shipped");
    assertThat(activity.subject()).isEqualTo("orders/17");
    assertThat(activity.actor()).isEqualTo("shop");
    assertThat(activity.time()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(activity.extensions()).isEqualTo(Map.of("severity", "low"));
    assertThat(activity.audience()).hasToString("alice");
    assertThat(activity.data()).hasToString("{\"message\":{\"total\":1.0,\"to\":[]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"\"",
        "\" \"",
        "[\"\"]",
        "[\"alice\",\"\"]",
        "[\"alice bob\"]",
        "\"alice bob\"",
        "[\"role:\"]",
        "[\"alice\",7]",
        "[[\"alice\"]]",
        "[null]",
        "null",
        "7",
        "true",
        "{\"alice\":1}",
      })
  void isNeverForEveryoneNorForSomebodyByMistake(String to) {
    assertThatThrownBy(() -> Notification.read("{\"message\":1,\"to\":" + to + "}"))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("to must be a list of users' names, and role:NAME; names have no spaces");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "{}                                             > to is required",
        "{\"to\":[\"a\"]}                               > message is required",
        "{\"message\":1}                                > to is required",
        "{\"to\":[\"a\"],\"message\":1,\"audience\":\"b\"} > audience must not be given",
        "{\"to\":[\"a\"],\"message\":1,\"data\":1}      > data must not be given",
        "{\"to\":[\"a\"],\"to\":[\"b\"],\"message\":1}  > to is given twice",
        "{\"to\":[\"a\"],\"message\":1,\"kind\":{}}     > kind must be a string",
        "{\"to\":[\"a\"],\"message\":1,\"user_id\":\"b\"} > \"user_id\" is no attribute",
        "{\"to\":[\"a\\u0000\"],\"message\":1}          > audience must not hold control",
        "{\"to\":[\"a\"],\"message\":1,\"type\":\"trailcast.gap\"} > type must not begin with",
        "[]                                             > the activity must be a JSON object",
        "{\"to\"                                        > the activity is not JSON",
      })
  void saysWhatIsWrong(String json, String message) {
    assertThatThrownBy(() -> Notification.read(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith(message);
  }
}
