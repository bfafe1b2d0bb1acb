package dev.trailcast.journal.embedded;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.Processes;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * A journal in a process of its own, which appends without end and says what was acknowledged, one
 * id a line, until it is killed. Its activities are {@code run-1}, {@code run-2} and so on. It may
 * begin with an erasure, of so many activities that are not said.
 */
final class ChildJournal implements AutoCloseable {
  /** So many appends of two activities each are under way at most. */
  static final int UNDER_WAY = 40;

  /** What is said among the ids when the erasure is answered. */
  static final String ERASED = "erased";

  private static final int BATCH = 1_000;
  private static final String PROBLEM = "problem: ";
  private static final FileOutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private final Process process;
  private final BufferedReader output;
  private final List<String> acknowledged = new ArrayList<>();

  private ChildJournal(Process process) {
    this.process = process;
    output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a process that appends to the journal in this directory at once. */
  static ChildJournal start(Path directory) {
    ChildJournal child = prepare(directory, 0);
    child.go();
    return child;
  }

  /** Starts a process that does not open the journal before it is told to {@link #go}. */
  static ChildJournal prepare(Path directory, int run) {
    return prepare(directory, Integer.toString(run));
  }

  /**
   * Starts a process that appends so many thousands of an actor's activities, and then erases them
   * while it appends others.
   */
  static ChildJournal startErasing(Path directory, int run, String actor, int thousands) {
    ChildJournal child =
        prepare(directory, Integer.toString(run), actor, Integer.toString(thousands));
    child.go();
    return child;
  }

  private static ChildJournal prepare(Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1", // lives for a moment only
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ChildJournal.class.getName(),
            directory.toString()));
    command.addAll(List.of(arguments));
    try {
      return new ChildJournal(new ProcessBuilder(command).redirectError(Redirect.DISCARD).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void go() {
    try (PrintStream input = new PrintStream(process.getOutputStream(), true)) {
      input.println();
    }
  }

  /** Waits for so many acknowledgements in all. */
  void awaitAcknowledged(int count) throws IOException {
    while (acknowledged.size() < count) {
      String line = output.readLine();
      if (line == null || line.startsWith(PROBLEM)) {
        throw new AssertionError("the child ended with " + line);
      }
      acknowledged.add(line);
    }
  }

  String awaitProblem() throws IOException {
    return output.readLine();
  }

  /** SIGKILL. Afterwards it has said what it could. */
  void kill() throws IOException {
    process.toHandle().destroyForcibly(); // the process itself would throw away what it has said
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      acknowledged.add(line);
    }
    Processes.awaitEnd(List.of(process.toHandle())); // only then its locks are free
  }

  /** What was acknowledged, in this order. */
  List<String> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() throws IOException {
    Processes.kill(process);
    output.close();
  }

  /** The process: directory and run; and whose activities to erase, and how many thousands. */
  public static void main(String[] arguments) throws Exception {
    String run = arguments[1];
    EmbeddedJournal journal = JournalSetup.in(Path.of(arguments[0])).create();
    DriverManager.getConnection("jdbc:sqlite::memory:").close(); // loads what takes its time
    if (System.in.read() < 0) {
      return;
    }
    journal.start();
    journal.status().reason().ifPresent(reason -> say(PROBLEM + reason));
    if (arguments.length > 2) {
      erase(journal, arguments[2], Integer.parseInt(arguments[3]));
    }
    Semaphore underWay = new Semaphore(UNDER_WAY);
    for (int number = 1; journal.status().isReady(); number += 2) {
      underWay.acquire();
      EncodedActivity first = activity(run, number);
      EncodedActivity second = activity(run, number + 1);
      journal
          .append(List.of(first, second))
          .thenRun(
              () -> {
                say(first.activity().id() + "\n" + second.activity().id());
                underWay.release();
              });
    }
  }

  private static void erase(EmbeddedJournal journal, String actor, int thousands) {
    for (int i = 0; i < thousands; i++) {
      Stream<Activity> done = Stream.generate(() -> Activity.of(actor, "test.done")).limit(BATCH);
      journal.append(done.map(EncodedActivity::of).toList()).join();
    }
    journal.erase(actor).thenRun(() -> say(ERASED));
  }

  /** In one system call, so that no line is cut in two by the kill. */
  private static void say(String lines) {
    try {
      STDOUT.write((lines + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EncodedActivity activity(String run, int number) {
    return EncodedActivity.of(Activity.of("child", "test.survived").withId(run + "-" + number));
  }
}
