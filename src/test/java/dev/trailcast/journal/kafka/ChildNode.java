package dev.trailcast.journal.kafka;

import dev.trailcast.Await;
import dev.trailcast.it.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A node in a process of its own, which says how far it has come, a line each time. */
final class ChildNode implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

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
    await(state -> state[1] > 0);
  }

  /** Waits until it shows everything up to an offset. */
  void awaitHead(long offset) throws IOException {
    await(state -> state[0] >= offset);
  }

  private void await(Predicate<long[]> condition) throws IOException {
    while (true) {
      String line = output.readLine();
      if (line == null) {
        throw new AssertionError("the child has ended");
      }
      if (condition.test(Stream.of(line.split(" ")).mapToLong(Long::parseLong).toArray())) {
        return;
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
    process.destroyForcibly();
    process.onExit().orTimeout(Await.LIMIT_SECONDS, TimeUnit.SECONDS).join();
    output.close();
  }

  /** The process: bootstrap, topic and directory. */
  @SuppressWarnings("resource") // it is killed
  public static void main(String[] arguments) throws Exception {
    TestNode node =
        new TestNode(arguments[0], arguments[1], Path.of(arguments[2]), TestNode.MUCH, false);
    for (String said = ""; true; ) {
      String last = said;
      Await.until("something to happen", () -> !state(node).equals(last));
      said = state(node);
      System.out.println(said);
    }
  }

  /** Up to where it shows everything, and how many records it is behind. */
  private static String state(TestNode node) {
    return node.head() + " " + node.journal.copy().orElseThrow().behind();
  }
}
