package dev.trailcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Machine;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.TestJournal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class MetricsIT {
  private static final Path DOCUMENTATION = Path.of("docs/health-and-metrics.md");
  private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(trailcast_[a-z_]+)");
  private static final Pattern OURS = Pattern.compile("(?m)^(?:# (?:HELP|TYPE) )?trailcast_.*$");
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (trailcast_[a-z_]+) ");

  private static final String INGESTED = "trailcast_ingested_activities_total";

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.stream.readers.max", "1");
  }

  @Test
  void countsWhatHasBecomeOfActivities() throws Exception {
    double accepted = outcome("accepted");
    double duplicates = outcome("duplicate");
    double rejected = outcome("rejected");
    double bytes = server.metric("trailcast_ingested_bytes_total", "door=\"lines\"");
    String once = "{\"type\":\"counted\",\"id\":\"1\"}";

    server.post("api/activities", "application/x-ndjson", once + "\n" + once + "\n{}\n");

    server.awaitMetric(accepted + 1, INGESTED, "door=\"lines\"", "outcome=\"accepted\"");
    server.awaitMetric(duplicates + 1, INGESTED, "door=\"lines\"", "outcome=\"duplicate\"");
    server.awaitMetric(rejected + 1, INGESTED, "door=\"lines\"", "outcome=\"rejected\"");
    assertThat(outcome("lost")).isZero();
    assertThat(server.metric("trailcast_ingested_bytes_total", "door=\"lines\""))
        .isGreaterThan(bytes + once.length());
    for (String reason : List.of("full", "rate")) {
      assertThat(server.metric("trailcast_bodies_refused_total", reason)).isZero();
    }
  }

  private double outcome(String outcome) throws Exception {
    return server.metric(INGESTED, "door=\"lines\"", "outcome=\"" + outcome + "\"");
  }

  @Test
  void countsReadersAndWhyTheyWereTurnedAwayOrHaveLeft() throws Exception {
    server.awaitNoReaders();
    double refused = server.metric("trailcast_streams_refused_total", "full");
    double opened = server.metric("trailcast_streams_opened_total", "events");
    double gone = server.metric("trailcast_streams_ended_total", "gone");

    try (Reader reader = new Reader(server, "api/events")) {
      reader.await("opening", client -> client.events().size() == 1);
      assertThat(server.metric("trailcast_readers")).isEqualTo(1);
      assertThat(server.get("api/events").body()).contains("\"reason\":\"full\"");
      server.awaitMetric(refused + 1, "trailcast_streams_refused_total", "full");
      server.awaitMetric(opened + 1, "trailcast_streams_opened_total", "events");
    }
    Await.until(
        "the reader to be gone",
        () -> {
          server.record("{\"type\":\"left\"}"); // finds out
          return server.metric("trailcast_streams_ended_total", "gone") > gone;
        });
    assertThat(server.metric("trailcast_readers")).isZero();
    assertThat(server.metric("trailcast_stalled_threads")).isZero();
    assertThat(server.metric("trailcast_stream_stay_seconds_count")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void countsWhatReadersGetAndMeasuresHowLongItTakes() throws Exception {
    server.awaitNoReaders();
    double deliveries = server.metric("trailcast_deliveries_total");
    double sent = server.metric("trailcast_sent_bytes_total");
    double resumed = server.metric("trailcast_streams_resumed_total");
    double delays = server.metric("trailcast_delivery_seconds_count");
    String position;

    try (Reader reader = new Reader(server, "api/events")) {
      reader.await("opening", client -> client.events().size() == 1);
      position = server.record("{\"type\":\"delivered\"}");
      reader.await("it", client -> client.events().size() >= 2);
    }
    server.awaitMetric(deliveries + 1, "trailcast_deliveries_total");
    server.awaitMetric(delays + 1, "trailcast_delivery_seconds_count");
    assertThat(server.metric("trailcast_delivery_seconds_sum")).isPositive().isLessThan(60);
    assertThat(server.metric("trailcast_sent_bytes_total")).isGreaterThan(sent + 100);

    server.record("{\"type\":\"missed\"}");
    server.awaitNoReaders();
    double reconnections = server.metric("trailcast_reconnection_seconds_count");
    try (Reader reader = new Reader(server, "api/events?lastEventId=" + position)) {
      reader.await("what it missed", client -> client.events().size() >= 2);
      server.awaitMetric(resumed + 1, "trailcast_streams_resumed_total");
      server.awaitMetric(reconnections + 1, "trailcast_reconnection_seconds_count");
    }
  }

  @Test
  void exportsWhatIsDocumentedAndNothingElse() throws Exception {
    Set<String> documented = all(DOCUMENTED, Files.readString(DOCUMENTATION));
    if (TestJournal.current() != TestJournal.KAFKA) {
      documented.removeIf(name -> name.startsWith("trailcast_kafka_"));
    }
    Set<String> exported =
        all(FAMILY, exported()).stream()
            .filter(name -> !name.matches(".*_(seconds|activities)_(max|mean)"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(exported).isEqualTo(documented);
  }

  @Test
  void exportsNothingThatPrometheusWouldComplainOf() throws Exception {
    Machine.mustHave("promtool", Machine.program("promtool").isPresent());
    Process promtool =
        new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    try (var input = promtool.outputWriter(StandardCharsets.UTF_8)) {
      input.write(exported());
    }

    assertThat(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(promtool.waitFor()).isZero();
  }

  /**
   * What Trailcast exports; the rest is the server's, such as a mean that Payara does not explain.
   */
  private String exported() throws Exception {
    String all = new Server(server.base().resolve("/")).get("metrics").body();
    return OURS.matcher(all)
        .results()
        .map(MatchResult::group)
        .filter(line -> !line.matches("(# TYPE )?trailcast_[a-z_]+_mean\\W.*"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static Set<String> all(Pattern names, String text) {
    Set<String> found = new TreeSet<>();
    for (Matcher each = names.matcher(text); each.find(); ) {
      found.add(each.group(1));
    }
    return found;
  }
}
