package dev.trailcast.journal.kafka;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.BinaryActivity;
import dev.trailcast.activity.Completion;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Utf8;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads activities from records, whoever has written them: CloudEvents as the <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 * protocol binding 1.0.2</a> says, structured and binary, and JSON without any of its headers, of
 * which whatever has a default may be left out. Whether it is one, and which, depends on nothing
 * but the record, so that all nodes read the same: no setting, no clock and nobody who asks. For
 * use by any number of threads.
 */
final class RecordReader {
  private static final int MOST_BYTES = 65_000;
  private static final int MOST_BYTES_OF_OURS = 16 * 1024 * 1024;
  private static final int DEEPEST = 64;

  /** With white space and escapes: as of what comes over HTTP. */
  private static final int AS_SENT = 4;

  private static final byte[] NO_DATA = {};

  private RecordReader() {}

  /**
   * Reads one.
   *
   * @param position its place
   * @param ours whether one of our nodes has written it. Then it may be of a type of our own, and
   *     as large and deep as the settings can allow on any node
   * @throws InvalidActivityException if it is no activity, and why
   */
  static EncodedActivity read(
      ConsumerRecord<byte[], byte[]> record, StreamPosition position, boolean ours) {
    int most = ours ? MOST_BYTES_OF_OURS : MOST_BYTES;
    if (size(record) > AS_SENT * most) {
      throw OversizedActivityException.asSent(AS_SENT * most);
    }
    Activity activity = activity(record, new Place(position, record.timestamp()), ours);
    if (ours) {
      Erasure.in(activity); // every node applies it: it must be one
    } else {
      activity.checkForeign();
    }
    EncodedActivity encoded = EncodedActivity.of(activity);
    if (encoded.json().length > most) {
      throw OversizedActivityException.encoded(encoded.json().length, most);
    }
    if (!ours && activity.data() != null && activity.data().depth() > DEEPEST) {
      throw InvalidActivityException.whole(
          "must not have data nested deeper than " + DEEPEST + " levels");
    }
    return encoded;
  }

  private static long size(ConsumerRecord<byte[], byte[]> record) {
    long size = record.value() == null ? 0 : record.value().length;
    for (Header header : record.headers()) {
      size += header.key().length();
      size += header.value() == null ? 0 : header.value().length;
    }
    return size;
  }

  private static Activity activity(
      ConsumerRecord<byte[], byte[]> record, Completion completion, boolean ours) {
    String type = contentType(record);
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith(ContentMode.FORMATS)) {
      checkFormat(type);
      return ActivityReader.readCloudEvent(text(record), completion);
    }
    Map<String, String> attributes = attributes(record);
    if (Collections.disjoint(attributes.keySet(), ActivityReader.REQUIRED)) {
      return ActivityReader.read(text(record), completion);
    }
    attributes.remove(Activity.CONTENT_TYPE); // it must not be there: the value's own header counts
    if (type != null) {
      attributes.put(Activity.CONTENT_TYPE, type);
    }
    byte[] data = record.value() == null ? NO_DATA : record.value();
    return ours
        ? new BinaryActivity(attributes, data).toActivity(completion)
        : ActivityReader.readCloudEvent(attributes, data, completion);
  }

  /**
   * The names of headers are taken as they are: the binding has them in lower case, and Kafka tells
   * cases apart.
   */
  private static Map<String, String> attributes(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> attributes = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.key().startsWith(ContentMode.PREFIX) && header.value() != null) {
        String attribute = header.key().substring(ContentMode.PREFIX.length());
        if (attributes.put(attribute, text(header)) != null) {
          throw givenTwice(header);
        }
      }
    }
    return attributes;
  }

  private static String contentType(ConsumerRecord<byte[], byte[]> record) {
    String type = null;
    for (Header header : record.headers().headers(ContentMode.CONTENT_TYPE)) {
      if (type != null) {
        throw givenTwice(header);
      }
      type = header.value() == null ? null : text(header);
    }
    return type;
  }

  private static void checkFormat(String type) {
    String format = type.split(";", 2)[0].strip();
    if (!format.equalsIgnoreCase(ContentMode.EVENT)) {
      throw InvalidActivityException.of(
          ContentMode.CONTENT_TYPE,
          "must be " + ContentMode.EVENT + " where the value is a CloudEvent, one in each record");
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      throw InvalidActivityException.whole("must not be a record without a value");
    }
    return Utf8.decode(record.value());
  }

  private static String text(Header header) {
    try {
      return Utf8.decode(header.value());
    } catch (InvalidActivityException e) {
      throw InvalidActivityException.of(header.key(), "is not UTF-8");
    }
  }

  private static InvalidActivityException givenTwice(Header header) {
    return InvalidActivityException.of(header.key(), "is given twice");
  }

  /** Where and when it was written, by which all nodes complete it alike. */
  private record Place(StreamPosition position, long timestamp) implements Completion {
    @Override
    public String id() {
      return position.toString();
    }

    @Override
    public OffsetDateTime time() {
      return Instant.ofEpochMilli(timestamp).atOffset(ZoneOffset.UTC);
    }
  }
}
