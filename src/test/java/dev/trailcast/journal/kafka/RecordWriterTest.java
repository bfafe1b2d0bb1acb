package dev.trailcast.journal.kafka;

import static dev.trailcast.journal.kafka.TestRecords.POSITION;
import static dev.trailcast.journal.kafka.TestRecords.received;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.RandomActivities;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecordWriterTest {
  private static final int ACTIVITIES = 1_000;
  private static final Origin ORIGIN = new Origin("0k3f9topic000", "node-a", 7);

  private final RecordWriter structured = new RecordWriter("trail", ContentMode.STRUCTURED);
  private final RecordWriter binary = new RecordWriter("trail", ContentMode.BINARY);
  private final Activity activity =
      Activity.of("Zoë 名", "page.viewed", "products/42")
          .withId("1")
          .withSource("/shop")
          .withTime(OffsetDateTime.parse("2026-01-31T12:00:00Z"));

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return headers;
  }

  @ParameterizedTest
  @EnumSource
  void writesNothingThatIsNotReadBackAsItWas(ContentMode mode) {
    RecordWriter writer = new RecordWriter("trail", mode);
    RandomActivities random = new RandomActivities(20260201);
    for (int i = 0; i < ACTIVITIES; i++) {
      EncodedActivity written = EncodedActivity.of(random.next());
      ProducerRecord<byte[], byte[]> record = writer.write(written, ORIGIN);

      EncodedActivity read = RecordReader.read(received(record), POSITION, true);
      assertThat(read.activity()).isEqualTo(written.activity());
      assertThat(read.json()).isEqualTo(written.json());
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesIntoTheOnePartitionWithoutKeyAndTimeAndSaysWhoHas(ContentMode mode) {
    ProducerRecord<byte[], byte[]> record =
        new RecordWriter("trail", mode).write(EncodedActivity.of(activity), ORIGIN);

    assertThat(record.topic()).isEqualTo("trail");
    assertThat(record.partition()).isZero();
    assertThat(record.key()).isNull();
    assertThat(record.timestamp()).isNull();
    assertThat(Origin.of(record.headers())).contains(ORIGIN);
  }

  @Test
  void writesTheEncodedActivityAsItIsInStructuredMode() {
    EncodedActivity encoded = EncodedActivity.of(activity.withJson("{\"n\":1.50}"));
    ProducerRecord<byte[], byte[]> record = structured.write(encoded, ORIGIN);

    assertThat(record.value()).isSameAs(encoded.json());
    assertThat(headers(record))
        .isEqualTo(
            Map.of(
                "content-type",
                "application/cloudevents+json; charset=UTF-8",
                "trailcast",
                "0k3f9topic000/node-a/7"));
  }

  @Test
  void writesDataAndAttributesApartInBinaryMode() {
    Activity whole =
        activity
            .withJson("{\"n\":1.50}")
            .withAudience("role:support bob")
            .withExtension("traceparent", "00-1");
    ProducerRecord<byte[], byte[]> record = binary.write(EncodedActivity.of(whole), ORIGIN);

    assertThat(record.value()).asString(UTF_8).isEqualTo("{\"n\":1.50}");
    assertThat(headers(record))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", "1"),
                Map.entry("ce_source", "/shop"),
                Map.entry("ce_type", "page.viewed"),
                Map.entry("ce_time", "2026-01-31T12:00:00Z"),
                Map.entry("ce_actor", "Zoë 名"),
                Map.entry("ce_subject", "products/42"),
                Map.entry("ce_audience", "bob role:support"),
                Map.entry("ce_traceparent", "00-1"),
                Map.entry("content-type", "application/json"),
                Map.entry("trailcast", "0k3f9topic000/node-a/7")));
  }

  @Test
  void hasNoValueInBinaryModeWhereThereIsNoData() {
    ProducerRecord<byte[], byte[]> record = binary.write(EncodedActivity.of(activity), ORIGIN);

    assertThat(record.value()).isNull();
    assertThat(headers(record)).doesNotContainKey("content-type");
  }

  @Test
  void writesDataOfOtherTypesAsItIsInBinaryMode() {
    Activity text = activity.withData("Hi").withExtension("datacontenttype", "text/plain");
    Activity bytes =
        activity.withExtension("data_base64", "AP8=").withExtension("datacontenttype", "image/png");

    assertThat(binary.write(EncodedActivity.of(text), ORIGIN).value())
        .asString(UTF_8)
        .isEqualTo("Hi");
    ProducerRecord<byte[], byte[]> record = binary.write(EncodedActivity.of(bytes), ORIGIN);
    assertThat(record.value()).containsExactly(0, 0xff);
    assertThat(headers(record)).containsEntry("content-type", "image/png");
  }

  @Test
  void writesWhatBinaryModeWouldChangeInStructuredMode() {
    for (Activity each :
        new Activity[] {
          activity.withExtension("sequence", 7), // would be a text
          activity.withExtension("sampled", true),
          activity.withJson("7").withExtension("datacontenttype", "text/plain"), // no text
          activity.withJson("\"\\u0041\"").withExtension("datacontenttype", "text/plain"),
          activity.withJson("7").withExtension("datacontenttype", "application/json"), // assumed
        }) {
      EncodedActivity encoded = EncodedActivity.of(each);
      assertThat(binary.write(encoded, ORIGIN).value()).isSameAs(encoded.json());
    }
  }
}
