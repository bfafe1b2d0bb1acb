package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer gets them. */
final class TestRecords {
  static final StreamPosition POSITION = new StreamPosition("0k3f9topic000", 42);
  static final Instant WRITTEN = Instant.parse("2026-01-31T12:00:00.250Z");

  private TestRecords() {}

  /**
   * One with this value.
   *
   * @param headers names and values by turns
   */
  static ConsumerRecord<byte[], byte[]> record(String value, String... headers) {
    Headers all = new RecordHeaders();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(headers[i], headers[i + 1] == null ? null : headers[i + 1].getBytes(UTF_8));
    }
    return record(value == null ? null : value.getBytes(UTF_8), all);
  }

  static ConsumerRecord<byte[], byte[]> record(byte[] value, Headers headers) {
    return record(value, headers, WRITTEN.toEpochMilli());
  }

  static ConsumerRecord<byte[], byte[]> record(byte[] value, Headers headers, long timestamp) {
    return new ConsumerRecord<>(
        "trailcast",
        RecordWriter.PARTITION,
        41,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        null,
        value,
        headers,
        Optional.empty());
  }

  /** What becomes of one that was sent. */
  static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
    return record(sent.value(), sent.headers());
  }
}
