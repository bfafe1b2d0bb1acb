package dev.trailcast.benchmark;

import dev.trailcast.benchmark.server.Installation.Platform;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonWriterFactory;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All results, with the machine and the date, as JSON and as Markdown. */
final class Report {
  private static final JsonWriterFactory WRITERS =
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true));

  private static final String RESULTS = "\n## Results\n";

  private final Parameters parameters;
  private final Platform platform;
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Machine machine = Machine.here();
  private final List<Result> results = new ArrayList<>();

  Report(Parameters parameters, Platform platform) {
    this.parameters = parameters;
    this.platform = platform;
  }

  void add(Result result) {
    results.add(result);
  }

  /** Writes {@code results.json} and {@code results.md}. */
  void write(Path directory) throws IOException {
    try (Writer file = Files.newBufferedWriter(directory.resolve("results.json"));
        var json = WRITERS.createWriter(file)) {
      json.writeObject(toJson());
    }
    Files.writeString(directory.resolve("results.md"), toMarkdown());
  }

  /** Puts the results into a page, behind its heading {@code Results}. */
  void record(Path page) throws IOException {
    String text = Files.readString(page);
    int results = text.indexOf(RESULTS);
    if (results < 0) {
      throw new IllegalStateException(page + " has no heading " + RESULTS.strip());
    }
    Files.writeString(page, text.substring(0, results) + RESULTS + "\n" + toMarkdown());
  }

  private String toMarkdown() {
    StringBuilder text = new StringBuilder();
    text.append(begin).append(", ").append(machine).append(".\n");
    text.append("Trailcast on ")
        .append(platform)
        .append("; ")
        .append(parameters.toText())
        .append("\n");
    results.forEach(result -> text.append('\n').append(result.toMarkdown()));
    return text.toString().strip() + "\n";
  }

  private JsonObject toJson() {
    JsonArrayBuilder scenarios = Json.createArrayBuilder();
    results.forEach(result -> scenarios.add(scenario(result)));
    return Json.createObjectBuilder()
        .add("date", begin.toString())
        .add(
            "machine",
            Json.createObjectBuilder()
                .add("processor", machine.processor())
                .add("cores", machine.cores())
                .add("memoryGib", machine.memoryGib())
                .add("system", machine.system())
                .add("java", machine.java()))
        .add("server", platform.toString())
        .add("parameters", parameters.toText())
        .add("scenarios", scenarios)
        .build();
  }

  private static JsonObjectBuilder scenario(Result result) {
    JsonArrayBuilder sides = Json.createArrayBuilder();
    result.table().rounds().keySet().forEach(name -> sides.add(side(name, result.table())));
    JsonArrayBuilder bars = Json.createArrayBuilder();
    for (Bar bar : result.bars()) {
      JsonObjectBuilder json =
          Json.createObjectBuilder()
              .add("text", bar.text())
              .add(bar.atLeast() ? "atLeast" : "atMost", bar.limit());
      bar.value().ifPresent(value -> json.add("value", value).add("met", bar.isMet()));
      bars.add(json);
    }
    return Json.createObjectBuilder()
        .add("name", result.scenario().name())
        .add("sides", sides)
        .add("bars", bars)
        .add("notes", Json.createArrayBuilder(result.notes()));
  }

  private static JsonObjectBuilder side(String name, Table table) {
    JsonObjectBuilder summary = Json.createObjectBuilder();
    for (Metric metric : table.metrics()) {
      table.value(name, metric).ifPresent(value -> summary.add(metric.key(), value));
    }
    JsonArrayBuilder rounds = Json.createArrayBuilder();
    for (Numbers numbers : table.rounds().get(name)) {
      JsonObjectBuilder round = Json.createObjectBuilder();
      numbers.values().forEach((metric, value) -> round.add(metric.key(), value));
      rounds.add(round);
    }
    return Json.createObjectBuilder().add("name", name).add("all", summary).add("rounds", rounds);
  }
}
