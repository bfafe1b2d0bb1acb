package dev.trailcast.activity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityReaderTest {
  @Test
  void readsEachAttribute() {
    Activity activity =
        ActivityReader.read(
            """
            {"specversion": "1.0", "id": "1", "source": "/shop", "type": "order.placed",
             "time": "2026-01-31T12:00:00.5+01:00", "actor": "alice", "subject": "orders/7",
             "audience": "role:sales bob", "traceparent": "00-1", "retry": 2, "test": false,
             "data": {"total": 9.90}}
            """);

    assertThat(activity.id()).isEqualTo("1");
    assertThat(activity.source()).isEqualTo("/shop");
    assertThat(activity.type()).isEqualTo("order.placed");
    assertThat(activity.time()).hasToString("2026-01-31T12:00:00.500+01:00");
    assertThat(activity.actor()).isEqualTo("alice");
    assertThat(activity.subject()).isEqualTo("orders/7");
    assertThat(activity.audience()).hasToString("bob role:sales");
    assertThat(activity.extensions())
        .isEqualTo(Map.of("traceparent", "00-1", "retry", 2, "test", false));
    assertThat(activity.data()).hasToString("{\"total\":9.90}");
  }

  @Test
  void fillsInWhatHasADefault() {
    Activity activity = ActivityReader.read("{\"type\":\"page.viewed\"}");

    assertThat(UUID.fromString(activity.id()).version()).isEqualTo(7);
    assertThat(activity.source()).isEqualTo("/");
    assertThat(activity.time()).isNotNull();
    assertThat(activity.actor()).isNull();
    assertThat(activity.subject()).isNull();
    assertThat(activity.audience()).isNull();
    assertThat(activity.extensions()).isEmpty();
    assertThat(activity.data()).isNull();
  }

  @Test
  void takesNullForAbsentExceptAsData() {
    Activity activity =
        ActivityReader.read(
            """
            {"type":"t","actor":null,"subject":null,"time":null,"audience":null,"extra":null,
             "id":null,"source":null,"specversion":null,"data":null}
            """);

    assertThat(activity.actor()).isNull();
    assertThat(activity.source()).isEqualTo("/");
    assertThat(activity.extensions()).isEmpty();
    assertThat(activity.data()).hasToString("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "1",
        "-0",
        "1e400",
        "1E-400",
        "12345678901234567890",
        "0.10",
        "\"\"",
        "true",
        "null",
        "[]",
        "{}",
        "[[],{}]",
        "{\"b\":1,\"a\":2,\"b\":3}",
        "{\"\":{\"\":0}}",
        "\"\\u0041\\/\\n\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"😀\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\u007f\"",
        "\" { [ , : ] } \"",
        "\"\\\\\"",
        "\"\\\"\\\\\\\"\"",
        "\"\\u000a\\r\""
      })
  void keepsTheTokensOfDataAsTheyCame(String data) {
    assertThat(readData(data)).isEqualTo(data);
  }

  @Test
  void dropsWhiteSpaceBetweenTheTokensOfDataAndNoneInside() {
    assertThat(readData(" \r\n\t{ \"a b\" :\n[ 1 ,\t\" c \" ] } \n"))
        .isEqualTo("{\"a b\":[1,\" c \"]}");
  }

  @Test
  void escapesHalfASurrogatePairInDataWhichNoUtf8CanCarry() {
    assertThat(readData("\"a\ud800b\udc00😀\"")).isEqualTo("\"a\\ud800b\\udc00😀\"");
  }

  @Test
  void escapesInDataWhatSomeClientsTakeForTheEndOfALine() {
    assertThat(readData("{\"a\u2028\":\"b\u2029c\u0085\\\\\"}"))
        .isEqualTo("{\"a\\u2028\":\"b\\u2029c\\u0085\\\\\"}");
  }

  @Test
  void findsDataWhereverItStandsInTheBuffersOfTheParser() {
    String long9000 = "x".repeat(9_000);
    for (int buffer : List.of(4_096, 8_192)) {
      for (int length = buffer - 60; length < buffer + 10; length++) {
        String subject = "x".repeat(length);
        for (String data : List.of("-1.50e+3", "\"" + long9000 + "\"", "[1,{\"a\":null}]")) {
          String json = "{\"subject\":\"" + subject + "\",\"data\" : " + data + " ,\"type\":\"t\"}";

          assertThat(ActivityReader.read(json).data()).hasToString(data);
        }
      }
    }
  }

  @Test
  void saysWhereItIsNotJson() {
    refuses("{\"type\":\"t\",\n\"id\":x}", "the activity is not JSON at line 2, column 6");
    refuses("{\"type\":\"t\"", "the activity is not JSON: it ends too early");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "\"",
        "nul",
        "{\"type\":\"t\"",
        "{\"type\":\"t\",}",
        "{\"type\":\"t\",\"data\":1",
        "{\"type\" \"t\"}",
        "{\"type\":\"t\"}}",
        "{\"type\":\"t\"} x",
        "{\"type\":\"t\"}{\"type\":\"t\"}",
        "{'type':'t'}",
        "{\"type\":\"a\nb\"}",
        "{\"type\":\"a\u0000b\"}",
        "{\"type\":\"\\x\"}",
        "{\"type\":\"t\",\"data\":01}",
        "{\"type\":\"t\",\"data\":1.}",
        "{\"type\":\"t\",\"data\":}",
        "{\"type\":\"t\",\"data\":[1,]}",
        "{\"type\":\"t\",\"data\":{\"a\"}}",
        "{\"type\":\"t\",\"data\":NaN}",
        "{\"type\":\"t\",\"data\":[}",
        "\ufeff{\"type\":\"t\"}"
      })
  void refusesWhatIsNotJson(String json) {
    assertThatThrownBy(() -> ActivityReader.read(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith("the activity is not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "\"t\"", "null", "true", "[{\"type\":\"t\"}]"})
  void refusesWhatIsNoObject(String json) {
    assertThatThrownBy(() -> ActivityReader.read(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the activity must be a JSON object");
  }

  @Test
  void refusesMembersGivenTwice() {
    refuses("{\"type\":\"t\",\"type\":\"t\"}", "type is given twice");
    refuses("{\"type\":\"t\",\"data\":1,\"data\":1}", "data is given twice");
    refuses("{\"type\":\"t\",\"extra\":1,\"\\u0065xtra\":2}", "extra is given twice");
  }

  @Test
  void namesTheAttributeAtFault() {
    refuses("{}", "type is required");
    refuses("{\"type\":7}", "type must be a string");
    refuses("{\"type\":\"t\",\"actor\":true}", "actor must be a string");
    refuses("{\"type\":\"t\",\"id\":\"\"}", "id must not be empty");
    refuses("{\"type\":\"t\",\"source\":\"a b\"}", "source must be a URI-reference");
    refuses("{\"type\":\"t\",\"time\":\"2026-01-31 12:00:00Z\"}", "time must be a string with a");
    refuses("{\"type\":\"t\",\"actor\":7.5}", "actor must be a string");
    refuses("{\"type\":\"t\",\"subject\":{}}", "subject must be a string");
    refuses("{\"type\":\"t\",\"audience\":\" \"}", "audience must name a user or a role");
    refuses("{\"type\":\"t\",\"specversion\":\"0.3\"}", "specversion must be 1.0");
    refuses("{\"type\":\"t\",\"position\":\"e-1\"}", "position is reserved");
    refuses("{\"type\":\"t\",\"extra\":{}}", "extra must be a string, a boolean or an integer");
    refuses("{\"type\":\"t\",\"extra\":2147483648}", "extra must be a string, a boolean or");
    refuses("{\"type\":\"t\",\"extra\":1e999999999}", "extra must be a string, a boolean or");
    refuses("{\"type\":\"t\",\"user_id\":\"1\"}", "\"user_id\" is no attribute");
    refuses("{\"type\":\"t\",\"actor\":\"a\\u0000b\"}", "actor must not hold control characters");
  }

  @Test
  void saysWhatATimeMustBeWhateverItIsInstead() {
    for (String time : List.of("1769860800000", "7", "1.5", "true", "{}", "\"yesterday\"")) {
      refuses(
          "{\"type\":\"t\",\"time\":" + time + "}",
          "time must be a string with a timestamp of RFC 3339, like 2026-01-31T12:00:00Z");
    }
    for (String time : List.of("2016-12-31T23:59:60Z", "2016-12-31T15:59:60.5-08:00")) {
      refuses("{\"type\":\"t\",\"time\":\"" + time + "\"}", "time must not be a leap second");
    }
    refuses("{\"type\":\"t\",\"time\":\"2016-12-31T23:59:60\"}", "time must be a string with");
  }

  @Test
  void refusesInAttributesWhatCloudEventsForbidsInStrings() {
    for (String forbidden :
        List.of("\ufffe", "\uffff", "\ufdd0", "\ufdef", "\ud83f\udffe", "\udbff\udfff")) {
      refuses(
          "{\"type\":\"t\",\"actor\":\"a" + forbidden + "\"}",
          "actor must not hold code points that are no characters (such as U+FFFE), but does at"
              + " character 2");
      assertThat(readData("\"" + forbidden + "\"")).isEqualTo("\"" + forbidden + "\"");
    }
    refuses("{\"type\":\"t\",\"x\":\"\u009f\"}", "x must not hold control characters");
    refuses("{\"type\":\"t\",\"x\":\"\\udc00\"}", "x must not hold half surrogate pairs");
    for (String allowed : List.of("\ufeff", "\ufffd", "\ufdcf", "\ufdf0", "\ud83d\ude00")) {
      assertThat(ActivityReader.read("{\"type\":\"t\",\"actor\":\"" + allowed + "\"}").actor())
          .isEqualTo(allowed);
    }
  }

  @Test
  void showsNamesOfMembersInAFormThatHarmsNoLogAndNoAnswer() {
    refuses("{\"type\":\"t\",\"a\\r\\nb\":1}", "\"a\\u000d\\u000ab\" is no attribute");
    refuses("{\"type\":\"t\",\"" + "a".repeat(100_000) + "\":[]}", "\"" + "a".repeat(64) + "…\"");
  }

  @Test
  void readsDataOf500LevelsAndRefusesDeeperOnes() {
    assertThat(readData("[".repeat(500) + "]".repeat(500))).hasSize(1_000);
    for (int levels : List.of(501, 5_000, 100_000)) {
      refuses(
          "{\"type\":\"t\",\"data\":" + "[".repeat(levels),
          "the activity is nested deeper than 500 levels");
      refuses(
          "{\"x\":" + "{\"a\":".repeat(levels), "the activity is nested deeper than 500 levels");
    }
  }

  @Test
  void takesDataInBase64ForWhatItsTypeSaysItIs() {
    assertThat(bytes("application/json; charset=utf-8", " {\"a\": 1.0} ").data())
        .hasToString("{\"a\":1.0}");
    assertThat(bytes("text/plain", "a\n\"é\"").data()).hasToString("\"a\\u000a\\\"é\\\"\"");
    assertThat(bytes("text/plain", "").data()).hasToString("\"\"");

    Activity image = bytes("image/png", "\u0000");
    assertThat(image.data()).isNull();
    assertThat(image.extensions())
        .isEqualTo(Map.of("datacontenttype", "image/png", "data_base64", "AA=="));
    String again = new String(EncodedActivity.of(image).json(), UTF_8);
    assertThat(ActivityReader.read(again)).isEqualTo(image);
    assertThat(ActivityReader.read("{\"type\":\"t\",\"data_base64\":\"AA\"}").extensions())
        .isEqualTo(Map.of("data_base64", "AA=="));
  }

  @Test
  void refusesDataInBase64ThatIsNone() {
    refuses("{\"type\":\"t\",\"data_base64\":\"é\"}", "\"data_base64\" must be base64");
    refuses("{\"type\":\"t\",\"data_base64\":7}", "\"data_base64\" must be base64");
    refuses(
        "{\"type\":\"t\",\"data_base64\":\"AA==\",\"data\":1}",
        "\"data_base64\" must not be given beside data");
    for (String json : List.of("{", "", "7 8", "\ufeff7")) {
      assertThatThrownBy(() -> bytes("application/json", json))
          .hasMessage("data must be JSON in UTF-8, as datacontenttype says");
    }
    refuses(
        "{\"type\":\"t\",\"datacontenttype\":\"text/plain\",\"data_base64\":\"/w==\"}",
        "data must be text in UTF-8");
  }

  private static Activity bytes(String contentType, String data) {
    return ActivityReader.read(
        "{\"type\":\"t\",\"datacontenttype\":\"%s\",\"data_base64\":\"%s\"}"
            .formatted(contentType, Base64.getEncoder().encodeToString(data.getBytes(UTF_8))));
  }

  @Test
  void readsCloudEventsOnlyWithAllThatTheseMustHave() {
    String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\"}";

    assertThat(ActivityReader.readCloudEvent(event).id()).isEqualTo("1");
    for (String name : List.of("specversion", "id", "source", "type")) {
      for (String less :
          List.of(
              event.replaceAll("\"" + name + "\":\"[^\"]*\",?", "").replace(",}", "}"),
              event.replaceAll("\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":null"))) {
        assertThatThrownBy(() -> ActivityReader.readCloudEvent(less))
            .isInstanceOf(InvalidActivityException.class)
            .hasMessage(name + " is required of a CloudEvent");
      }
    }
  }

  @Test
  void readsCloudEventsOfTheVersionBeforeAndOfNoOther() {
    String event =
        "{\"specversion\":\"%s\",\"id\":\"1\",\"source\":\"/\",\"type\":\"t\",\"schemaurl\":\"/s\"}";

    assertThat(ActivityReader.readCloudEvent(event.formatted("0.3")).extensions())
        .isEqualTo(Map.of("schemaurl", "/s"));
    for (String version : List.of("0.2", "1.1", "2.0", "1", "")) {
      assertThatThrownBy(() -> ActivityReader.readCloudEvent(event.formatted(version)))
          .hasMessage("specversion must be 1.0");
    }
  }

  private static String readData(String data) {
    return ActivityReader.read("{\"type\":\"t\",\"data\":" + data + "}").data().toString();
  }

  private static void refuses(String json, String message) {
    assertThatThrownBy(() -> ActivityReader.read(json))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith(message);
  }
}
