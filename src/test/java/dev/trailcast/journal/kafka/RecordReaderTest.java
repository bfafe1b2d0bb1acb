package dev.trailcast.journal.kafka;

import static dev.trailcast.journal.kafka.TestRecords.POSITION;
import static dev.trailcast.journal.kafka.TestRecords.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.StreamPosition;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/shop\",\"type\":\"page.viewed\"}";
  private static final String[] REQUIRED = {
    "ce_specversion", "1.0", "ce_id", "1", "ce_source", "/shop", "ce_type", "page.viewed"
  };

  private static Activity read(String value, String... headers) {
    return RecordReader.read(record(value, headers), POSITION, false).activity();
  }

  private static Activity readOurs(String value, String... headers) {
    return RecordReader.read(record(value, headers), POSITION, true).activity();
  }

  private static String[] with(String[] headers, String... more) {
    String[] all = Arrays.copyOf(headers, headers.length + more.length);
    System.arraycopy(more, 0, all, headers.length, more.length);
    return all;
  }

  @Test
  void completesPlainJsonByItsPlaceAndByNothingElse() {
    Activity activity = read("{ \"type\": \"page.viewed\", \"data\": { \"n\": 1.50 } }");

    assertThat(activity.id()).isEqualTo(POSITION.toString());
    assertThat(activity.source()).isEqualTo("/");
    assertThat(activity.time()).isEqualTo("2026-01-31T12:00:00.25Z");
    assertThat(activity.actor()).isNull();
    assertThat(activity.data()).hasToString("{\"n\":1.50}");
    assertThat(read("{ \"type\": \"page.viewed\", \"data\": { \"n\": 1.50 } }"))
        .isEqualTo(activity);
  }

  @Test
  void givesACloudEventWithoutATimeThatOfTheRecord() {
    String time = "2026-01-31T12:00:00.25Z";

    assertThat(read(EVENT, "content-type", "application/cloudevents+json").time()).isEqualTo(time);
    assertThat(read(null, REQUIRED).time()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "application/cloudevents+json; charset=UTF-8",
        "Application/CloudEvents+JSON;charset=utf-8"
      })
  void readsStructuredMode(String type) {
    Activity activity = read(EVENT, "content-type", type, "ce_id", "of no account here");

    assertThat(activity.id()).isEqualTo("1");
    assertThat(activity.source()).isEqualTo("/shop");
    assertThat(activity.type()).isEqualTo("page.viewed");
  }

  @Test
  void readsBinaryMode() {
    Activity activity =
        read(
            "{ \"n\": 1.50 }",
            with(
                REQUIRED,
                "content-type",
                "application/json",
                "ce_time",
                "2026-01-01T00:00:00Z",
                "ce_actor",
                "Zoë 名",
                "ce_audience",
                "bob role:support",
                "ce_traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "ce_subject",
                null,
                "other",
                "x",
                "other",
                "y"));

    assertThat(activity.id()).isEqualTo("1");
    assertThat(activity.time()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(activity.actor()).isEqualTo("Zoë 名");
    assertThat(activity.audience()).hasToString("bob role:support");
    assertThat(activity.subject()).isNull();
    assertThat(activity.extensions())
        .isEqualTo(
            Map.of(
                "datacontenttype",
                "application/json",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    assertThat(activity.data()).hasToString("{\"n\":1.50}");
  }

  @Test
  void keepsDataInBinaryModeAsItsTypeSays() {
    assertThat(read("Hi, 名!", with(REQUIRED, "content-type", "text/plain")).data())
        .hasToString("\"Hi, 名!\"");
    assertThat(read("Hi", with(REQUIRED, "content-type", "image/png")).extensions())
        .containsEntry("data_base64", "SGk=");
    assertThat(read("Hi", REQUIRED).extensions()).isEqualTo(Map.of("data_base64", "SGk="));
    assertThat(read(null, REQUIRED).data()).isNull();
    assertThat(read("", REQUIRED).data()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|||the activity must be a JSON object",
        "{|||the activity is not JSON: it ends too early",
        "{}|||type is required",
        "|||the activity must not be a record without a value",
        "{\"type\":\"a\",\"position\":\"x\"}|||position is reserved",
        "{\"type\":\"trailcast.position\"}|||type must not begin with trailcast., which is reserved",
        "{\"type\":\"trailcast.erased\"}|||type must not begin with trailcast., which is reserved",
        "{\"type\":\"a\"}|content-type|application/cloudevents+json|specversion is required of a CloudEvent",
        "|content-type|application/cloudevents+json|the activity must not be a record without a value",
        "[]|content-type|application/cloudevents-batch+json|\"content-type\" must be application/cloudevents+json where the value is a CloudEvent, one in each record",
        "x|content-type|application/cloudevents+avro|\"content-type\" must be application/cloudevents+json where the value is a CloudEvent, one in each record",
        "x|ce_id|1|specversion is required of a CloudEvent",
      })
  void saysWhyItIsNone(String value, String header, String headersValue, String message) {
    String[] headers = header == null ? new String[0] : new String[] {header, headersValue};

    assertThatThrownBy(() -> read(value, headers))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ce_id|2|\"ce_id\" is given twice",
        "ce_Type|a|Type is no attribute: further attributes are named with [a-z0-9], anything else goes into data",
        "ce_|a|\"\" is no attribute: further attributes are named with [a-z0-9], anything else goes into data",
        "ce_data|a|data is reserved",
        "ce_data_base64|SGk=|\"data_base64\" is no attribute",
        "ce_time|yesterday|time must be a string with a timestamp of RFC 3339, like 2026-01-31T12:00:00Z",
        "ce_audience|' '|audience must name a user or a role; leave it out for everyone",
        "content-type|application/json|data must be JSON in UTF-8, as datacontenttype says",
      })
  void saysWhichHeaderIsWrong(String header, String value, String message) {
    assertThatThrownBy(() -> read("Hi", with(REQUIRED, header, value)))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage(message);
  }

  @Test
  void refusesATypeOfContentThatIsGivenTwice() {
    String type = "application/cloudevents+json";

    assertThatThrownBy(() -> read(EVENT, "content-type", type, "content-type", type))
        .hasMessage("\"content-type\" is given twice");
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] latin = {(byte) 0xe9};
    Headers headers = new RecordHeaders().add("ce_id", latin);

    assertThatThrownBy(() -> RecordReader.read(record(latin, headers), POSITION, false))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("\"ce_id\" is not UTF-8");
    assertThatThrownBy(() -> RecordReader.read(record(latin, new RecordHeaders()), POSITION, false))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the activity is not UTF-8");
  }

  @Test
  void refusesATimeThatCannotBeSaid() {
    ConsumerRecord<byte[], byte[]> never =
        record("{\"type\":\"a\"}".getBytes(UTF_8), new RecordHeaders(), Long.MAX_VALUE);

    assertThatThrownBy(() -> RecordReader.read(never, POSITION, false))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("time must be of a year between 0000 and 9999");
  }

  @Test
  void isBoundedInBytesHoweverTheyCome() {
    String around = EVENT.replace("}", ",\"time\":\"2026-01-31T12:00:00Z\",\"data\":\"\"}");
    String event = around.replace("\"\"}", "\"" + "x".repeat(65_000 - around.length()) + "\"}");

    assertThat(RecordReader.read(record(event), POSITION, false).json()).hasSize(65_000);
    assertThatThrownBy(() -> read(event.replace("xxx", "xxxx")))
        .isInstanceOf(OversizedActivityException.class)
        .hasMessageMatching(
            "the activity is \\d+ bytes of compact JSON; at most 65000 are allowed");
    assertThatThrownBy(() -> read(event + " ".repeat(260_000 - 65_000 + 1)))
        .isInstanceOf(OversizedActivityException.class)
        .hasMessageStartingWith("the activity is more than 260000 bytes as it was sent");
    assertThatThrownBy(() -> read(null, with(REQUIRED, "ce_more", "x".repeat(260_000))))
        .isInstanceOf(OversizedActivityException.class)
        .hasMessageStartingWith("the activity is more than 260000 bytes as it was sent");
    assertThat(readOurs(event.replace("xxx", "xxxx")).data()).isNotNull();
  }

  @Test
  void isBoundedInDepth() {
    String deep = EVENT.replace("}", ",\"data\":" + "[".repeat(64) + "]".repeat(64) + "}");
    String tooDeep = deep.replace("[]", "[[]]");

    assertThat(read(deep).data().depth()).isEqualTo(64);
    assertThatThrownBy(() -> read(tooDeep))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage("the activity must not have data nested deeper than 64 levels");
    assertThat(readOurs(tooDeep).data().depth()).isEqualTo(65);
  }

  @Test
  void takesTypesOfOurOwnFromANodeOfOurs() {
    Erasure erasure = Erasure.of("alice", new StreamPosition("k3f9", 7));

    Activity erased = readOurs(new String(EncodedActivity.of(erasure.toActivity()).json(), UTF_8));

    assertThat(Erasure.in(erased)).contains(erasure);
    assertThat(readOurs("{\"type\":\"trailcast.audit.erased\"}").type())
        .isEqualTo("trailcast.audit.erased");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"trailcast.erased\"}",
        "{\"type\":\"trailcast.erased\",\"data\":7}",
        "{\"type\":\"trailcast.erased\",\"data\":{}}",
        "{\"type\":\"trailcast.erased\",\"data\":{\"salt\":1,\"sha256\":2,\"upTo\":3}}",
        "{\"type\":\"trailcast.erased\",\"data\":{\"salt\":\"a\",\"sha256\":\"b\",\"upTo\":\"c\"}}"
      })
  void refusesAnErasureThatNobodyCouldApply(String value) {
    assertThatThrownBy(() -> readOurs(value))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessage(
            "data must have salt, sha256 and upTo, a position, where it tells of an erasure");
  }

  @Test
  void takesNoOtherTypeOfOursFromAnybody() {
    assertThatThrownBy(() -> readOurs("{\"type\":\"trailcast.closing\"}"))
        .isInstanceOf(InvalidActivityException.class);
  }
}
