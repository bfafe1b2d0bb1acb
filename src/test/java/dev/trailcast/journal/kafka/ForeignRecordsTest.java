package dev.trailcast.journal.kafka;

import static dev.trailcast.journal.kafka.TestRecords.POSITION;
import static dev.trailcast.journal.kafka.TestRecords.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With the Java SDK of CloudEvents on the other side, which knows nothing of Trailcast. */
class ForeignRecordsTest {
  private static final String TOPIC = "trail";
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-01-31T12:00:00.5Z");
  private static final Origin ORIGIN = new Origin("0k3f9topic000", "node-a", 7);

  private static CloudEventBuilder event() {
    return CloudEventBuilder.v1()
        .withId("1")
        .withSource(URI.create("/shop"))
        .withType("page.viewed")
        .withTime(TIME)
        .withSubject("products/名")
        .withExtension("actor", "Zoë");
  }

  private static Activity readFromSdk(CloudEvent event, ContentMode mode) {
    Headers headers = new RecordHeaders();
    try (CloudEventSerializer serializer = new CloudEventSerializer()) {
      serializer.configure(
          Map.of(
              CloudEventSerializer.ENCODING_CONFIG,
              mode == ContentMode.BINARY ? Encoding.BINARY : Encoding.STRUCTURED,
              CloudEventSerializer.EVENT_FORMAT_CONFIG,
              JsonFormat.CONTENT_TYPE),
          false);
      byte[] value = serializer.serialize(TOPIC, headers, event);
      return RecordReader.read(record(value, headers), POSITION, false).activity();
    }
  }

  private static CloudEvent readBySdk(Activity activity, ContentMode mode) {
    ProducerRecord<byte[], byte[]> record =
        new RecordWriter(TOPIC, mode).write(EncodedActivity.of(activity), ORIGIN);
    try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
      return deserializer.deserialize(TOPIC, record.headers(), record.value());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheyWriteWeRead(ContentMode mode) {
    CloudEvent event =
        event()
            .withExtension("audience", "bob role:support")
            .withData("application/json", "{\"n\":1.50,\"a\":[]}".getBytes(UTF_8))
            .build();

    Activity activity = readFromSdk(event, mode);

    assertThat(activity.id()).isEqualTo("1");
    assertThat(activity.source()).isEqualTo("/shop");
    assertThat(activity.type()).isEqualTo("page.viewed");
    assertThat(activity.time()).isEqualTo(TIME);
    assertThat(activity.subject()).isEqualTo("products/名");
    assertThat(activity.actor()).isEqualTo("Zoë");
    assertThat(activity.audience()).hasToString("bob role:support");
    assertThat(activity.extensions()).isEqualTo(Map.of("datacontenttype", "application/json"));
    assertThat(activity.data()).hasToString("{\"n\":1.50,\"a\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BINARY     | text/plain | Hi, 名    | \"Hi, 名\"",
        "STRUCTURED | text/plain | Hi, 名    | \"Hi, 名\"",
        "BINARY     | text/xml   | <a>名</a> | \"<a>名</a>\"",
        "STRUCTURED | text/xml   | <a>名</a> | \"<a>名</a>\""
      })
  void whatTheyWriteOfOtherTypesWeRead(ContentMode mode, String type, String data, String json) {
    Activity activity = readFromSdk(event().withData(type, data.getBytes(UTF_8)).build(), mode);

    assertThat(activity.data()).hasToString(json);
    assertThat(activity.extensions()).isEqualTo(Map.of("datacontenttype", type));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheyWriteWithoutDataWeRead(ContentMode mode) {
    assertThat(readFromSdk(event().build(), mode).data()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void whatTheyWriteInBytesWeRead(ContentMode mode) {
    Activity activity =
        readFromSdk(event().withData("image/png", new byte[] {0, (byte) 0xff}).build(), mode);

    assertThat(activity.extensions())
        .isEqualTo(Map.of("datacontenttype", "image/png", "data_base64", "AP8="));
  }

  @ParameterizedTest
  @EnumSource
  void whatWeWriteTheyRead(ContentMode mode) {
    Activity activity =
        Activity.of("Zoë", "page.viewed", "products/名")
            .withId("1")
            .withSource("/shop")
            .withTime(TIME)
            .withAudience("bob role:support")
            .withExtension("traceparent", "00-1")
            .withJson("{\"n\":1.5,\"a\":[\"名\"]}");

    CloudEvent event = readBySdk(activity, mode);

    assertThat(event.getId()).isEqualTo("1");
    assertThat(event.getSource()).isEqualTo(URI.create("/shop"));
    assertThat(event.getType()).isEqualTo("page.viewed");
    assertThat(event.getTime()).isEqualTo(TIME);
    assertThat(event.getSubject()).isEqualTo("products/名");
    assertThat(event.getExtension("actor")).isEqualTo("Zoë");
    assertThat(event.getExtension("audience")).isEqualTo("bob role:support");
    assertThat(event.getExtension("traceparent")).isEqualTo("00-1");
    assertThat(event.getData().toBytes()).asString(UTF_8).isEqualTo("{\"n\":1.5,\"a\":[\"名\"]}");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
  }

  @ParameterizedTest
  @EnumSource
  void whatWeWriteWithoutDataOrInBytesTheyRead(ContentMode mode) {
    Activity activity = Activity.of("Zoë", "page.viewed");

    assertThat(readBySdk(activity, mode).getData()).isNull();
    assertThat(
            readBySdk(
                    activity
                        .withExtension("data_base64", "AP8=")
                        .withExtension("datacontenttype", "image/png"),
                    mode)
                .getData()
                .toBytes())
        .containsExactly(0, 0xff);
  }
}
