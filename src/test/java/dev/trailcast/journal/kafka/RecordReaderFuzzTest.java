package dev.trailcast.journal.kafka;

import static dev.trailcast.journal.kafka.TestRecords.POSITION;
import static dev.trailcast.journal.kafka.TestRecords.received;
import static dev.trailcast.journal.kafka.TestRecords.record;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.journal.Erasure;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Any headers and any value: {@code name: value} on lines, a blank line, and the value, if there is
 * one. Whoever writes {@code trailcast:} at first says that it is a node of ours.
 */
class RecordReaderFuzzTest {
  private static final Origin ORIGIN = new Origin("0k3f9topic000", "node-a", 7);

  @FuzzTest
  void makesAnActivityOrSaysWhyNotAndWritesItInEitherModeAsItIs(byte[] input) {
    String[] parts = new String(input, ISO_8859_1).split("\n\n", 2);
    byte[] value = parts.length == 1 ? null : parts[1].getBytes(ISO_8859_1);
    EncodedActivity read;
    try {
      read =
          RecordReader.read(
              record(value, headers(parts[0])), POSITION, parts[0].startsWith("trailcast:"));
    } catch (InvalidActivityException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }

    Erasure.in(read.activity());
    for (ContentMode mode : ContentMode.values()) {
      ProducerRecord<byte[], byte[]> written = new RecordWriter("trail", mode).write(read, ORIGIN);
      EncodedActivity again = RecordReader.read(received(written), POSITION, true);
      assertThat(again.activity()).isEqualTo(read.activity());
      assertThat(again.json()).isEqualTo(read.json());
    }
  }

  private static Headers headers(String lines) {
    Headers headers = new RecordHeaders();
    for (String line : lines.split("\n")) {
      String[] header = line.split(": ?", 2);
      headers.add(header[0], header.length == 1 ? null : header[1].getBytes(ISO_8859_1));
    }
    return headers;
  }
}
