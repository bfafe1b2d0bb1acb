package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Sends what is queued to the topic, on a thread of its own, for the client of Kafka may hold up
 * whoever sends for a second. Ends when the queue is closed and empty.
 */
final class Publisher implements Runnable {
  private static final Logger LOG = System.getLogger(Publisher.class.getName());

  private static final Duration IDLE = Duration.ofSeconds(1);

  /** Longer than anybody waits for an answer: by then Kafka does not take it. */
  private static final Duration ROOM_PATIENCE = Duration.ofSeconds(10);

  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(3);

  // fixed at birth
  private final KafkaSettings settings;
  private final String node;
  private final AppendQueue queue;
  private final InFlight inFlight;
  private final Watch watch;
  private final Supplier<String> epoch;
  private final RecordWriter writer;

  private volatile boolean alive = true;
  private volatile boolean renew; // the client, which has failed for good

  // only its thread
  private Optional<Producer<byte[], byte[]>> producer = Optional.empty();

  /**
   * @param node what this node calls itself
   * @param epoch of the topic
   */
  Publisher(
      KafkaSettings settings,
      String node,
      AppendQueue queue,
      InFlight inFlight,
      Watch watch,
      Supplier<String> epoch) {
    this.settings = settings;
    this.node = node;
    this.queue = queue;
    this.inFlight = inFlight;
    this.watch = watch;
    this.epoch = epoch;
    this.writer = new RecordWriter(settings.topic(), settings.contentMode());
  }

  boolean isAlive() {
    return alive;
  }

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-kafka-publisher");
    try {
      while (!queue.isFinished()) {
        try {
          for (Append append : queue.take(IDLE)) {
            send(append);
          }
        } catch (InterruptedException e) {
          queue.close();
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          log("What was to be recorded could not be sent", e);
        }
      }
    } finally {
      alive = false;
      Thread.interrupted(); // or the client would not close
      if (producer.isPresent()) { // by no lambda expression: it may be the end
        producer.get().close(CLOSING_PATIENCE);
      }
    }
  }

  private void send(Append append) throws InterruptedException {
    try {
      if (append.activities().isEmpty()) {
        append.receipts().complete(java.util.List.of());
        return;
      }
      Optional<Long> first = inFlight.put(append, ROOM_PATIENCE.toNanos());
      if (first.isEmpty()) {
        append.fail(new JournalUnavailableException("Kafka does not take what is sent", null));
        return;
      }
      long sequence = first.get();
      for (EncodedActivity activity : append.activities()) {
        send(activity, sequence++);
      }
    } catch (InterruptedException e) {
      append.fail(new JournalUnavailableException("the journal is closed", e));
      throw e;
    } catch (Throwable e) {
      append.fail(new JournalUnavailableException("it could not be sent to Kafka: " + e, e));
      throw e;
    }
  }

  private void send(EncodedActivity activity, long sequence) {
    try {
      producer()
          .send(
              writer.write(activity, new Origin(epoch.get(), node, sequence)),
              (metadata, failure) -> {
                if (failure == null) {
                  watch.noteLife();
                } else {
                  fail(sequence, failure);
                }
              });
    } catch (RuntimeException e) {
      fail(sequence, e);
    }
  }

  private void fail(long sequence, Exception e) {
    if (!(e instanceof RetriableException)) {
      renew = true;
      log("Kafka has not taken what was sent", e);
    }
    inFlight.failed(
        sequence, new JournalUnavailableException("Kafka has not taken it: " + e.getMessage(), e));
  }

  private Producer<byte[], byte[]> producer() {
    if (renew && producer.isPresent()) {
      producer.get().close(Duration.ZERO);
      producer = Optional.empty();
    }
    if (producer.isEmpty()) {
      renew = false;
      producer =
          Optional.of(
              new KafkaProducer<>(ClientProperties.producer(settings, "trailcast-" + node)));
    }
    return producer.get();
  }

  private static void log(String what, Throwable e) {
    LOG.log(Level.WARNING, what, e);
  }
}
