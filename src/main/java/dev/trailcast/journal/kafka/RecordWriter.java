package dev.trailcast.journal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.BinaryActivity;
import dev.trailcast.activity.EncodedActivity;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Writes activities as records: the CloudEvents <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * protocol binding 1.0.2</a>. They have no key, for nothing is to be compacted, and no time, which
 * the topic gives them. For use by any number of threads.
 *
 * @param topic where they go, into its one partition
 * @param mode in which way; what the binary mode can't carry goes structured
 */
record RecordWriter(String topic, ContentMode mode) {
  /** The one that a topic has. */
  static final int PARTITION = 0;

  private static final byte[] STRUCTURED_TYPE =
      (ContentMode.EVENT + "; charset=UTF-8").getBytes(UTF_8);

  /** The record of an activity, and who has written it. */
  ProducerRecord<byte[], byte[]> write(EncodedActivity activity, Origin origin) {
    Headers headers = new RecordHeaders();
    headers.add(Origin.HEADER, origin.toBytes());
    Optional<BinaryActivity> binary =
        mode == ContentMode.BINARY ? BinaryActivity.of(activity.activity()) : Optional.empty();
    return binary
        .map(form -> record(binaryValue(form, headers), headers))
        .orElseGet(() -> record(structuredValue(activity, headers), headers));
  }

  private ProducerRecord<byte[], byte[]> record(byte[] value, Headers headers) {
    return new ProducerRecord<>(topic, PARTITION, null, null, value, headers);
  }

  private static byte[] structuredValue(EncodedActivity activity, Headers headers) {
    headers.add(ContentMode.CONTENT_TYPE, STRUCTURED_TYPE);
    return activity.json();
  }

  /** No value where there is no data: section 3.2.2. */
  private static byte[] binaryValue(BinaryActivity form, Headers headers) {
    for (Map.Entry<String, String> attribute : form.attributes().entrySet()) {
      headers.add(header(attribute.getKey()), attribute.getValue().getBytes(UTF_8));
    }
    return form.data().length == 0 ? null : form.data();
  }

  private static String header(String attribute) {
    return attribute.equals(Activity.CONTENT_TYPE)
        ? ContentMode.CONTENT_TYPE
        : ContentMode.PREFIX + attribute;
  }
}
