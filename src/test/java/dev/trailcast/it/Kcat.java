package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** kcat: produces and consumes, and knows nothing of Trailcast, nor of Java. */
public final class Kcat {
  private static final long PATIENCE_SECONDS = 60;

  private final KafkaBroker broker;

  /** Leaves the test out where it is not installed. */
  public Kcat(KafkaBroker broker) {
    Machine.mustHave("kcat", Machine.program("kcat").isPresent());
    this.broker = broker;
  }

  /** Produces a record of one line, and comes back when the broker has it. */
  public void produce(String topic, Map<String, String> headers, String value) throws Exception {
    List<String> options = new ArrayList<>(List.of("-P", "-t", topic, "-p", "0"));
    headers.forEach((name, text) -> options.addAll(List.of("-H", name + "=" + text)));
    run(options, value + "\n");
  }

  /**
   * Everything that the topic has: {@code offset}, {@code ts}, {@code key}, {@code payload}, and
   * {@code headers}, in which names and values take turns.
   */
  public List<JsonObject> consume(String topic) throws Exception {
    String said = run(List.of("-C", "-t", topic, "-p", "0", "-o", "beginning", "-e", "-J"), "");
    return said.lines().map(Kcat::json).toList();
  }

  private static JsonObject json(String line) {
    try (JsonReader reader = Json.createReader(new StringReader(line))) {
      return reader.readObject();
    }
  }

  private String run(List<String> options, String input) throws Exception {
    List<String> command = new ArrayList<>(List.of("kcat", "-q", "-b", broker.bootstrapServers()));
    command.addAll(options);
    Path log = Files.createTempFile(Path.of("target"), "kcat-", ".log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      }
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      String said = Files.readString(log);
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }
}
