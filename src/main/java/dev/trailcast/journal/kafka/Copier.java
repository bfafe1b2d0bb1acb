package dev.trailcast.journal.kafka;

import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.queue.AppendQueue;
import dev.trailcast.journal.store.SqliteFault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The one thread that copies: reads the topic from where its copy ends, and on and on. Where the
 * topic is no longer the one it was, in whatever way, it makes the copy anew. It also minds the
 * door: publishers are let in while the topic is there and this node has caught up with it.
 */
final class Copier implements Runnable {
  private static final Logger LOG = System.getLogger(Copier.class.getName());

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** So often, at least, it looks after the door. */
  private static final Duration POLL = Duration.ofMillis(100);

  /** For what is under way where the container wants its threads back before it says the end. */
  private static final Duration LAST_RECORDS_PATIENCE = Duration.ofSeconds(2);

  private static final int MOST_CHECKED = 100;

  /** It is asked at once, but the answer may take this long. */
  private static final Duration ASKING_PATIENCE = Duration.ofSeconds(3);

  private static final String COPYING = "this node is still copying the topic";

  // fixed at birth
  private final Path directory;
  private final KafkaSettings settings;
  private final String node;
  private final AppendQueue queue;
  private final InFlight inFlight;
  private final Watch watch;
  private final Copy copy;
  private final Skipped skipped;

  // written by this thread, read by all
  private volatile String epoch = "none"; // of the topic that is followed
  private volatile long behind; // records, when it last looked

  private volatile boolean stopped; // written by whoever closes

  // only the thread that opens first, then this one's
  private Optional<TopicReader> reader = Optional.empty(); // none: it is to be connected
  private long target; // where the topic ended when it was connected
  private boolean caughtUp;
  private Optional<String> refusal = Optional.of(""); // what the door says; none: it is open
  private Throwable failure; // of the last step; null if it went well: it may be of memory
  private Optional<String> trouble = Optional.empty(); // why it gave up, until it has gone on
  private String toldProblem = "";
  private final Set<String> checked = new HashSet<>(); // epochs of records from another topic
  private OptionalLong endAt = OptionalLong.empty(); // since the container wants its thread back

  Copier(
      Path directory,
      KafkaSettings settings,
      String node,
      AppendQueue queue,
      InFlight inFlight,
      Watch watch,
      Copy copy,
      Skipped skipped) {
    this.directory = directory;
    this.settings = settings;
    this.node = node;
    this.queue = queue;
    this.inFlight = inFlight;
    this.watch = watch;
    this.copy = copy;
    this.skipped = skipped;
  }

  /** Of the topic that is followed. */
  String epoch() {
    return epoch;
  }

  /** How many records of the topic are not here yet, about. */
  long behind() {
    return behind;
  }

  /** Has it end soon. */
  void stop() {
    stopped = true;
  }

  /** Opens what was copied before, without asking Kafka: a server starts with that. */
  void open() {
    try {
      copy.open();
    } catch (Throwable e) {
      failure = e;
    }
  }

  @Override
  public void run() {
    Thread.currentThread().setName("trailcast-kafka-copier");
    try {
      while (!isOver()) {
        try {
          step();
        } catch (InterruptException e) {
          noteInterrupt();
        } catch (Throwable e) { // an Error, too, ends a step and not the thread
          if (failure != null) { // it could not even give up: memory has run out, say
            LockSupport.parkNanos(RETRY.toNanos());
          }
          failure = e;
        }
      }
    } finally {
      end();
    }
  }

  /** The container wants its thread back: what has come before is recorded still. */
  private void noteInterrupt() {
    Thread.interrupted();
    if (reader.isPresent()) { // what was read when it came, and not taken, is read again
      reader.get().goOnBehind(copy);
    }
    queue.close();
    if (endAt.isEmpty()) {
      endAt = OptionalLong.of(System.nanoTime() + LAST_RECORDS_PATIENCE.toNanos());
    }
  }

  private boolean isOver() {
    return stopped || (endAt.isPresent() && System.nanoTime() - endAt.getAsLong() >= 0);
  }

  private void step() throws IOException, SQLException {
    if (failure != null) {
      giveUp(failure);
      failure = null;
      pause(RETRY);
    }
    mindTheDoor();
    if (reader.isPresent()) {
      copy(reader.get());
    } else {
      connect();
    }
  }

  private void connect() throws IOException, SQLException {
    Optional<Topic> topic = watch.topic();
    if (topic.isEmpty() || watch.problem().isPresent()) {
      if (copy.isOpen()) {
        copy.lookAfter(inFlight);
      }
      pause(POLL);
      return;
    }
    if (!copy.isOpen()) {
      copy.open();
    }
    if (!copy.isOf(topic.get())) {
      copy.begin(topic.get());
    }
    epoch = copy.epoch();
    target = topic.get().end();
    reader = Optional.of(new TopicReader(settings, node, copy, skipped));
    Level level = trouble.isEmpty() ? Level.INFO : Level.DEBUG; // each time that it is tried again
    LOG.log(
        level,
        "TRAIL0204I: The topic {0} is copied to {1} behind {2}; it ends at {3}.",
        settings.topic(),
        directory,
        copy.copied(),
        Long.toString(target));
  }

  private void copy(TopicReader from) throws IOException, SQLException {
    if (watch.topic().isPresent() && !copy.isOf(watch.topic().get())) {
      beginAnew("it was made anew");
      return;
    }
    TopicReader.Read read;
    try {
      read = from.read(copy.pause(POLL));
    } catch (TopicLostException e) {
      beginAnew(e.getMessage());
      return;
    }
    if (!read.records().isEmpty()) {
      watch.noteLife();
    }
    checkTopic(read.writtenFor());
    StreamPosition before = copy.copied();
    copy.take(read.records(), read.end(), inFlight, skipped);
    copy.lookAfter(inFlight);
    long end = watch.topic().map(Topic::end).orElse(target);
    behind = Math.max(0, end - copy.copied().offset());
    if (!copy.copied().equals(before)) {
      trouble = Optional.empty();
    }
    if (!caughtUp && copy.copied().offset() >= target) {
      caughtUp = true;
      trouble = Optional.empty();
      copy.serve();
      LOG.log(
          Level.INFO, "TRAIL0205I: This node has caught up with the topic {0}.", settings.topic());
    }
  }

  /**
   * Nodes have written some of what was read for another topic: then this is a copy of that one, or
   * it is another topic by now, and its records must not be taken for those of the one that was
   * followed.
   */
  private void checkTopic(Set<String> writtenFor) {
    if (checked.containsAll(writtenFor)) {
      return;
    }
    Topic now = watch.awaitNext(ASKING_PATIENCE);
    if (!copy.isOf(now)) {
      throw new KafkaException("the topic was made anew");
    }
    if (checked.size() > MOST_CHECKED) {
      checked.clear(); // anybody may write anything there
    }
    checked.addAll(writtenFor);
  }

  /** What was copied is void, as far as is known. */
  private void beginAnew(String why) throws IOException {
    LOG.log(
        Level.WARNING, "TRAIL0206W: The topic {0} is copied anew, for {1}.", settings.topic(), why);
    close();
    shutTheDoor("the topic is copied anew, for " + why, null);
    copy.forget();
  }

  private void mindTheDoor() {
    Optional<String> problem = watch.problem();
    if (problem.isEmpty() && !caughtUp) {
      problem = Optional.of(trouble.orElse(COPYING));
    }
    if (problem.equals(refusal)) {
      return;
    }
    if (problem.isPresent()) {
      shutTheDoor(problem.get(), null);
    } else {
      inFlight.accept();
      queue.accept();
      refusal = Optional.empty();
      toldProblem = "";
    }
  }

  private void shutTheDoor(String why, Throwable cause) {
    refusal = Optional.of(why);
    queue.refuse(why, cause);
    inFlight.refuse(new JournalUnavailableException(why, cause));
  }

  /** Turns away everybody until it goes on again. */
  private void giveUp(Throwable e) {
    Optional<Codec> codec = Codec.missing(e);
    boolean ofKafka = e instanceof KafkaException || codec.isPresent();
    String problem = inWords(e, codec);
    trouble = Optional.of(problem);
    shutTheDoor(problem, e);
    close();
    if (SqliteFault.isBroken(e)) { // the topic has it all
      forget();
    } else if (!ofKafka) {
      copy.shut(new JournalUnavailableException(problem, e));
    }
    if (!problem.equals(toldProblem)) { // else it was said when it was tried before
      toldProblem = problem;
      if (codec.isPresent()) {
        LOG.log(Level.ERROR, "TRAIL0213E: " + problem, e);
      } else {
        LOG.log(Level.ERROR, "TRAIL0207E: " + problem, e);
      }
    }
  }

  private String inWords(Throwable e, Optional<Codec> codec) {
    if (codec.isPresent()) {
      return codec.get().inWords();
    }
    return e instanceof KafkaException
        ? "Kafka can't be read: " + e.getMessage()
        : SqliteFault.inWords(directory, e);
  }

  private void forget() {
    try {
      copy.forget();
    } catch (IOException e) { // then it is found to be broken again
      LOG.log(Level.DEBUG, "The copy of the topic could not be removed", e);
    }
  }

  private void close() {
    caughtUp = false;
    if (reader.isPresent()) { // by no lambda expression: it may be the end
      reader.get().close();
      reader = Optional.empty();
    }
  }

  private void end() {
    Thread.interrupted(); // or the client would not close
    try {
      shutTheDoor("the journal is closed", failure);
      close();
    } finally {
      copy.end();
    }
  }

  private void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (!isOver() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.interrupted()) {
        noteInterrupt();
      }
    }
  }
}
