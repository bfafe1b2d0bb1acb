package dev.trailcast.journal.kafka;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Looks after the topic on a thread of its own: whether its leader lives, whether it is still the
 * same topic, and how far it has come. The client that reads says nothing of all that: where the
 * brokers are away it just has no records, and where a topic was made anew it goes on in that.
 */
final class Watch implements Runnable {
  private static final Logger LOG = System.getLogger(Watch.class.getName());

  static final Duration INTERVAL = Duration.ofMillis(300);

  /** A publisher is to be told within 2 s that the brokers are away. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** A client makes up its mind, and classes are loaded. */
  private static final Duration FIRST_PATIENCE = Duration.ofSeconds(5);

  private static final String CLOSED = "the journal is closed";

  /** What is set changes by hand. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(30);

  // fixed at birth
  private final KafkaSettings settings;
  private final String clientId;
  private final LongSupplier nanoTime;

  // written by its thread, read by all
  private volatile Optional<Topic> topic = Optional.empty(); // as it was seen last
  private volatile String problem = "the brokers of Kafka have not been asked yet"; // or null
  private volatile String notice = "";
  private volatile boolean alive = true;
  private volatile boolean stopped;

  // guarded by this
  private final List<CompletableFuture<Topic>> asked = new ArrayList<>();

  private volatile long lifeAt; // when there was a sign of life

  // only its thread
  private Optional<TopicAdmin> admin = Optional.empty();
  private long checkedAt;
  private String checkedEpoch = "";

  Watch(KafkaSettings settings, String clientId, LongSupplier nanoTime) {
    this.settings = settings;
    this.clientId = clientId;
    this.nanoTime = nanoTime;
    this.lifeAt = nanoTime.getAsLong();
  }

  /** The topic as it was seen last; empty where it never was. */
  Optional<Topic> topic() {
    return topic;
  }

  /** Why nothing can be written now, if so. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** What an operator should know although it can. */
  Optional<String> notice() {
    return notice.isEmpty() ? Optional.empty() : Optional.of(notice);
  }

  /** The topic's leader has given records, or taken them. */
  void noteLife() {
    lifeAt = nanoTime.getAsLong();
  }

  /** The topic as it will be seen, having been asked for from now on, which is done at once. */
  synchronized CompletableFuture<Topic> next() {
    CompletableFuture<Topic> answer = new CompletableFuture<>();
    if (alive) {
      asked.add(answer);
      notifyAll();
    } else {
      answer.completeExceptionally(new KafkaException(CLOSED));
    }
    return answer;
  }

  /**
   * The same, waited for.
   *
   * @throws KafkaException if it is not known in time
   */
  Topic awaitNext(Duration patience) {
    try {
      return next().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (TimeoutException | ExecutionException e) {
      throw new KafkaException("the brokers do not say whether it is the same topic", e);
    }
  }

  private synchronized List<CompletableFuture<Topic>> takeAsked() {
    List<CompletableFuture<Topic>> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-kafka-watch");
    try {
      while (!stopped) {
        try {
          look();
        } catch (InterruptedException e) {
          stopped = true;
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          fail(inWords(e), e);
        }
        pause(INTERVAL.toMillis());
      }
    } finally {
      for (CompletableFuture<Topic> left : end()) { // by no lambda expression: it may be the end
        left.completeExceptionally(new KafkaException(CLOSED));
      }
      Thread.interrupted(); // or the client would not close
      if (admin.isPresent()) {
        admin.get().close();
      }
    }
  }

  private synchronized List<CompletableFuture<Topic>> end() {
    alive = false;
    return takeAsked();
  }

  private synchronized void pause(long millis) {
    if (!stopped && asked.isEmpty() && millis > 0) {
      try {
        wait(millis);
      } catch (InterruptedException e) {
        stopped = true;
      }
    }
  }

  private void look() throws InterruptedException, ExecutionException {
    if (admin.isEmpty()) {
      admin = Optional.of(new TopicAdmin(settings, clientId));
    }
    List<CompletableFuture<Topic>> answers = takeAsked(); // before it is looked at
    try {
      Duration patience = topic.isPresent() ? PATIENCE : FIRST_PATIENCE;
      Topic found = describe(admin.get(), patience);
      noteLife();
      checkIfDue(admin.get(), found, patience);
      topic = Optional.of(found);
      succeed();
      answers.forEach(answer -> answer.complete(found));
    } catch (TopicUnfitException e) {
      fail(e.getMessage(), null);
    } catch (TimeoutException e) {
      failUnlessAlive();
    } finally {
      answers.forEach(answer -> answer.completeExceptionally(new KafkaException(problem)));
    }
  }

  /** No answer in time is no proof where records come and go, unless they have ceased as well. */
  private void failUnlessAlive() {
    pause(1 + TimeUnit.NANOSECONDS.toMillis(PATIENCE.toNanos() - silence()));
    if (silence() >= PATIENCE.toNanos()) {
      fail("Kafka does not answer: " + settings.bootstrap(), null);
    }
  }

  private long silence() {
    return nanoTime.getAsLong() - lifeAt;
  }

  private Topic describe(TopicAdmin asked, Duration patience)
      throws TopicUnfitException, InterruptedException, ExecutionException, TimeoutException {
    try {
      return asked.describe(patience);
    } catch (TopicUnfitException e) {
      if (!settings.createTopic() || topic.isPresent()) { // it is not brought back by itself
        throw e;
      }
      asked.create(patience);
      return asked.describe(patience);
    }
  }

  private void checkIfDue(TopicAdmin asked, Topic found, Duration patience)
      throws TopicUnfitException, InterruptedException, ExecutionException, TimeoutException {
    long now = nanoTime.getAsLong();
    if (found.epoch().equals(checkedEpoch) && now - checkedAt < CHECK_INTERVAL.toNanos()) {
      return;
    }
    String foundNotice = asked.check(patience);
    checkedEpoch = found.epoch();
    checkedAt = now;
    if (!notice.equals(foundNotice)) {
      notice = foundNotice;
      if (!notice.isEmpty()) {
        LOG.log(Level.WARNING, "TRAIL0202W: " + notice);
      }
    }
  }

  private void succeed() {
    if (problem != null) {
      LOG.log(
          Level.INFO,
          "TRAIL0201I: The topic {0} is there, {1}.",
          settings.topic(),
          topic.orElseThrow());
    }
    problem = null;
  }

  private void fail(String why, Throwable cause) {
    if (!why.equals(problem)) {
      LOG.log(Level.WARNING, "TRAIL0203W: " + why, cause);
    }
    problem = why;
  }

  private static String inWords(Throwable e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return "Kafka can't be asked: " + cause;
  }
}
