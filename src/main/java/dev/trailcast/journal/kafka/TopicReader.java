package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.journal.StreamPosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the topic from where a copy of it ends, and on and on, and makes of its records what they
 * are here. For the one thread that copies.
 */
final class TopicReader implements AutoCloseable {
  private static final Logger LOG = System.getLogger(TopicReader.class.getName());

  private static final Duration POSITION_PATIENCE = Duration.ofMillis(100);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(1);

  // fixed at birth
  private final String node;
  private final String epoch;
  private final Skipped skipped;
  private final TopicPartition partition;
  private final Consumer<byte[], byte[]> consumer;

  private long end; // up to here everything was read

  /**
   * What came next.
   *
   * @param end up to here there is no more, also where nothing but holes was
   * @param writtenFor the epochs of other topics that nodes have written some of it for
   */
  record Read(List<LogRecord> records, long end, Set<String> writtenFor) {}

  /**
   * Behind what a copy has.
   *
   * @param node what this node calls itself
   */
  TopicReader(KafkaSettings settings, String node, Copy copy, Skipped skipped) {
    this.node = node;
    this.epoch = copy.epoch();
    this.skipped = skipped;
    this.partition = new TopicPartition(settings.topic(), 0);
    consumer = new KafkaConsumer<>(ClientProperties.consumer(settings, "trailcast-" + node));
    consumer.assign(List.of(partition));
    goOnBehind(copy);
  }

  /** Reads on behind what a copy has: also what was read already, and did not come to it. */
  void goOnBehind(Copy copy) {
    StreamPosition at = copy.copied();
    end = at.offset();
    if (copy.isFresh()) {
      consumer.seek(partition, end);
    } else { // with the era of what was read last, else nobody would notice that it was lost
      consumer.seek(partition, new OffsetAndMetadata(end, Optional.of(at.era()), ""));
    }
  }

  /**
   * Reads what comes next.
   *
   * @param patience if there is nothing yet
   * @throws TopicLostException if the topic can't give it
   */
  Read read(Duration patience) throws TopicLostException {
    ConsumerRecords<byte[], byte[]> found;
    try {
      found = consumer.poll(patience);
    } catch (LogTruncationException e) {
      throw new TopicLostException("a part of it is lost: " + e.getMessage());
    } catch (OffsetOutOfRangeException e) {
      throw new TopicLostException("it no longer has what comes next: " + e.getMessage());
    }
    List<LogRecord> records = new ArrayList<>(found.count());
    Set<String> others = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : found) {
      Optional<Origin> origin = Origin.of(record.headers());
      origin.map(Origin::epoch).filter(of -> !of.equals(epoch)).ifPresent(others::add);
      records.add(read(record, origin.filter(of -> of.epoch().equals(epoch))));
    }
    end = end(records);
    return new Read(records, end, others);
  }

  private long end(List<LogRecord> records) {
    try {
      return consumer.position(partition, POSITION_PATIENCE);
    } catch (TimeoutException e) { // it still asks whether its position is in the topic
      return records.isEmpty() ? end : records.get(records.size() - 1).at().offset();
    }
  }

  private LogRecord read(ConsumerRecord<byte[], byte[]> record, Optional<Origin> ours) {
    StreamPosition at =
        new StreamPosition(epoch, record.leaderEpoch().orElse(0), record.offset() + 1);
    OptionalLong sequence =
        ours.isPresent() && ours.get().node().equals(node)
            ? OptionalLong.of(ours.get().sequence())
            : OptionalLong.empty();
    try {
      EncodedActivity activity = RecordReader.read(record, at, ours.isPresent());
      return new LogRecord(at, record.timestamp(), Optional.of(activity), sequence);
    } catch (InvalidActivityException e) {
      skipped.invalid(record.offset(), sequence, e);
      return LogRecord.skipped(at, record.timestamp());
    }
  }

  @Override
  public void close() {
    try {
      consumer.close(CloseOptions.timeout(CLOSING_PATIENCE));
    } catch (KafkaException e) {
      LOG.log(Level.DEBUG, "The client of Kafka was not closed properly", e);
    }
  }
}
