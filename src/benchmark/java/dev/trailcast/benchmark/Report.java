package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.Installation;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All results, with the machine and the date, as JSON and as Markdown, written again with each: a
 * run that is cut keeps what it has measured.
 */
final class Report {
  private static final JsonWriterFactory WRITERS =
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

  private final Parameters parameters;
  private final Installation installation;
  private final Optional<Path> page;
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Machine machine = Machine.here();
  private final List<Result> results = new ArrayList<>();
  private final List<String> sections = new ArrayList<>();

  /**
   * @param page where they are recorded for good, if they are; to be fit for that before anything
   *     is measured
   */
  Report(Parameters parameters, Installation installation, Optional<Path> page) throws IOException {
    if (page.isPresent()) {
      Page.in(page.get());
    }
    this.parameters = parameters;
    this.installation = installation;
    this.page = page;
  }

  /**
   * Adds a result, says it, and writes {@code results.json}, {@code results.md} and the page. There
   * it replaces what was recorded of the same scenario, and nothing else; a failure replaces
   * nothing.
   */
  void add(Result result) throws IOException {
    results.add(result);
    String section = result.toMarkdown(circumstances());
    System.out.println("\n" + section);
    sections.add(section);
    write(installation.work().resolve("results.json"), toJson());
    write(installation.work().resolve("results.md"), String.join("\n", sections));
    if (page.isPresent() && result.failure().isEmpty()) {
      Page recorded = Page.in(page.get());
      recorded.put(result.scenario().name(), section);
      write(page.get(), recorded.toMarkdown(Benchmark.names()));
    }
  }

  /** Whether something could not be measured because Trailcast failed. */
  boolean hasFailures() {
    return results.stream().anyMatch(result -> result.failure().isPresent());
  }

  /** At no moment is there half a file. */
  private static void write(Path file, String text) throws IOException {
    Path whole = Files.writeString(Path.of(file + ".new"), text);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private String circumstances() {
    return "%s, %s.\nTrailcast on %s; %s"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            machine,
            installation.platform(),
            parameters.toText());
  }

  private String toJson() {
    JsonArrayBuilder scenarios = Json.createArrayBuilder();
    results.forEach(result -> scenarios.add(scenario(result)));
    JsonObject json =
        Json.createObjectBuilder()
            .add("date", begin.toString())
            .add(
                "machine",
                Json.createObjectBuilder()
                    .add("processor", machine.processor())
                    .add("cores", machine.cores())
                    .add("memoryGib", machine.memoryGib())
                    .add("system", machine.system())
                    .add("java", machine.java()))
            .add("server", installation.platform().toString())
            .add("parameters", parameters.toText())
            .add("scenarios", scenarios)
            .build();
    StringWriter text = new StringWriter();
    try (var writer = WRITERS.createWriter(text)) {
      writer.writeObject(json);
    }
    return text.toString();
  }

  private static JsonObjectBuilder scenario(Result result) {
    JsonArrayBuilder sides = Json.createArrayBuilder();
    result.table().sides().forEach(name -> sides.add(side(name, result.table())));
    JsonArrayBuilder bars = Json.createArrayBuilder();
    for (Bar bar : result.bars()) {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("text", bar.text())
              .add(bar.atLeast() ? "atLeast" : "atMost", bar.limit());
      bar.value().ifPresent(value -> json.add("value", value).add("met", bar.isMet()));
      if (!bar.measurement().because().isEmpty()) {
        json.add("because", bar.measurement().because());
      }
      bars.add(json);
    }
    JsonObjectBuilder json = Json.createObjectBuilder().add("name", result.scenario().name());
    result.failure().ifPresent(failure -> json.add("failed", failure));
    return json.add("sides", sides)
        .add("bars", bars)
        .add("notes", Json.createArrayBuilder(result.notes()));
  }

  private static JsonObjectBuilder side(String name, Table table) {
    JsonObjectBuilder summary = Json.createObjectBuilder();
    for (Metric metric : table.metrics()) {
      table.value(name, metric).ifPresent(value -> summary.add(metric.key(), value));
    }
    JsonArrayBuilder rounds = Json.createArrayBuilder();
    for (Numbers numbers : table.rounds(name)) {
      JsonObjectBuilder round = Json.createObjectBuilder();
      numbers.values().forEach((metric, value) -> round.add(metric.key(), value));
      rounds.add(round);
    }
    JsonObjectBuilder timesLimit = Json.createObjectBuilder();
    for (Metric metric : table.metrics()) {
      table.timesYardstick(name, metric).ifPresent(times -> timesLimit.add(metric.key(), times));
    }
    JsonObjectBuilder side = Json.createObjectBuilder().add("name", name);
    table.failure(name).ifPresent(failure -> side.add("failed", failure));
    return side.add("all", summary).add("timesLimit", timesLimit).add("rounds", rounds);
  }
}
