package dev.trailcast.journal.kafka;

import dev.trailcast.Await;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.it.Processes;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Extent.Location;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.StreamPosition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A node in a process of its own, which says how it stands, a line each time. */
final class ChildNode implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  /**
   * How it stands.
   *
   * @param head up to where it shows everything
   * @param behind how many records it does not have yet
   * @param oldest before which offset it has no entry
   * @param told how many entries somebody who follows was given
   * @param gone over how many places that one was told that it can't be given what was there
   * @param gap why, the last time
   */
  record State(long head, long behind, long oldest, long told, long gone, Location gap) {
    private static State parse(String line) {
      String[] parts = line.split(" ");
      return new State(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Long.parseLong(parts[2]),
          Long.parseLong(parts[3]),
          Long.parseLong(parts[4]),
          Location.valueOf(parts[5]));
    }

    @Override
    public String toString() {
      return "%d %d %d %d %d %s".formatted(head, behind, oldest, told, gone, gap);
    }
  }

  private ChildNode(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildNode start(KafkaBroker broker, String topic, Path directory) throws IOException {
    return new ChildNode(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // lives for a moment only
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ChildNode.class.getName(),
                broker.bootstrapServers(),
                topic,
                directory.toString())
            .redirectError(Redirect.DISCARD)
            .start());
  }

  /** Waits until it has copied some of the topic, and not all. */
  void awaitCopying() throws IOException {
    await(state -> state.behind() > 0);
  }

  /** Waits until it shows everything up to an offset. */
  void awaitHead(long offset) throws IOException {
    await(state -> state.head() >= offset);
  }

  /** Waits until it says so. */
  State await(Predicate<State> condition) throws IOException {
    while (true) {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the child has ended");
      }
      State state = State.parse(line);
      if (condition.test(state)) {
        return state;
      }
    }
  }

  /** SIGSTOP: it does nothing, though its connections stay. */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** SIGCONT. */
  void goOn() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** SIGKILL, if it is still there. */
  @Override
  public void close() throws IOException {
    Processes.kill(process);
    output.close();
  }

  /** Somebody who follows, in the way that a reader of the journal has to. */
  private static final class Follower {
    private StreamPosition at; // null before it was open
    private long told;
    private long gone;
    private Location gap = Location.HERE;

    /** Takes what comes next, if it is there. */
    void goOn(JournalReader journal) {
      Extent extent = journal.extent();
      if (at == null) {
        at = extent.floor();
      }
      Location location = extent.locate(at);
      if (location == Location.AHEAD) {
        return;
      }
      if (location != Location.HERE) {
        goOnAt(extent.floor(), location);
      }
      JournalPage page = journal.read(at.offset(), 1_000);
      if (page.after().offset() > at.offset()) {
        goOnAt(page.after(), Location.EXPIRED);
      }
      told += page.entries().size();
      at = page.upTo();
    }

    private void goOnAt(StreamPosition next, Location why) {
      gone += next.offset() - at.offset();
      gap = why;
      at = next;
    }
  }

  /** The process: bootstrap, topic and directory. */
  @SuppressWarnings("resource") // it is killed
  public static void main(String[] arguments) throws Exception {
    TestNode node =
        new TestNode(arguments[0], arguments[1], Path.of(arguments[2]), TestNode.MUCH, false);
    Follower follower = new Follower();
    for (State said = null; true; ) {
      State last = said;
      Await.until("something to happen", () -> !state(node, follower).equals(last));
      said = state(node, follower);
      System.out.println(said);
    }
  }

  private static State state(TestNode node, Follower follower) {
    long oldest = 0;
    try {
      follower.goOn(node.reader());
      JournalPage first = node.reader().read(0, 1);
      oldest = first.entries().isEmpty() ? first.upTo().offset() : first.entries().get(0).offset();
    } catch (JournalException e) { // is not open, or is made anew
    }
    return new State(
        node.head(),
        node.journal.copy().orElseThrow().behind(),
        oldest,
        follower.told,
        follower.gone,
        follower.gap);
  }
}
