package dev.trailcast.journal.kafka;

import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.queue.Append;
import dev.trailcast.journal.queue.AppendQueue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InterruptException;
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

  private volatile boolean renew; // the client, which has failed for good
  private volatile String toldProblem = ""; // once for all that it concerns

  // only its thread
  private final Queue<Append> taken = new ArrayDeque<>(); // from the queue, and not sent yet
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

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-kafka-publisher");
    try {
      while (!taken.isEmpty() || !queue.isFinished()) {
        try {
          step();
        } catch (InterruptedException e) { // the container wants its thread back
          queue.close(); // what has come before is sent
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          failFirst(e);
        }
      }
    } finally {
      Thread.interrupted(); // or the client would not close
      if (producer.isPresent()) { // by no lambda expression: it may be the end
        producer.get().close(CLOSING_PATIENCE);
      }
    }
  }

  private void step() throws InterruptedException {
    if (taken.isEmpty()) {
      taken.addAll(queue.take(IDLE));
    }
    while (!taken.isEmpty()) {
      send(taken.peek());
      taken.remove();
    }
  }

  /** Whatever happens to one, the others go on. */
  private void failFirst(Throwable e) {
    Append failed = taken.poll();
    if (failed != null) {
      failed.fail(new JournalUnavailableException("it could not be sent to Kafka: " + e, e));
    }
    log("What was to be recorded could not be sent", e);
  }

  /**
   * Sends one.
   *
   * @throws InterruptedException before anything was done: it can be sent again
   */
  private void send(Append append) throws InterruptedException {
    Optional<Long> first;
    try {
      first = inFlight.put(append, ROOM_PATIENCE.toNanos());
    } catch (JournalUnavailableException e) {
      append.fail(e);
      return;
    }
    if (first.isEmpty()) {
      append.fail(new JournalUnavailableException("Kafka does not take what is sent", null));
      return;
    }
    long sequence = first.get();
    for (EncodedActivity activity : append.activities()) {
      if (append.receipts().isDone()) { // given up: each of the rest might wait as long again
        return;
      }
      send(activity, sequence++);
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
                  toldProblem = "";
                } else {
                  fail(sequence, failure);
                }
              });
    } catch (InterruptException e) { // the container wants its thread back
      Thread.interrupted();
      queue.close();
      give(sequence, e);
    } catch (RuntimeException e) {
      fail(sequence, e);
    } catch (Throwable e) { // else its room would never be free again
      give(sequence, e);
      throw e;
    }
  }

  private void fail(long sequence, Exception e) {
    if (hasFailedForGood(e)) {
      renew = true;
    }
    if (!(e instanceof RetriableException)) {
      log("Kafka has not taken what was sent", e);
    }
    give(sequence, e);
  }

  /**
   * Whether it was the client. As a rule it is the record that was refused, as one that is too
   * large, and a new client would give up what others have sent.
   */
  private static boolean hasFailedForGood(Exception e) {
    return !(e instanceof ApiException) || e instanceof ApplicationRecoverableException;
  }

  /** Gives it up. */
  private void give(long sequence, Throwable e) {
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

  private void log(String what, Throwable e) {
    String problem = String.valueOf(e.getMessage());
    if (!problem.equals(toldProblem)) {
      toldProblem = problem;
      LOG.log(Level.WARNING, "TRAIL0211W: " + what, e);
    }
  }
}
