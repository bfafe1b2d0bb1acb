package dev.trailcast.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus and Grafana are given. */
class AlertsTest {
  private static final Path ALERTS = Path.of("server-config/prometheus/alerts.yml");
  private static final Path PROMETHEUS = Path.of("server-config/prometheus/prometheus.yml");
  private static final Path DASHBOARD = Path.of("server-config/grafana/trailcast.json");
  private static final Path SCENARIOS =
      Path.of("src/test/resources/dev/trailcast/metrics/alerts-test.yml");
  private static final Path TESTS = Path.of("src/test/java/dev/trailcast/metrics");
  private static final Path PAGES = Path.of("docs/alerts.md");
  private static final Path FIGURES = Path.of("docs/health-and-metrics.md");

  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (Trailcast\\w+)$");
  private static final Pattern TESTED = Pattern.compile("alertname: (\\w+)\\s+exp_alerts");
  private static final Pattern CAUSED = Pattern.compile("\"(Trailcast\\w+)\"");
  private static final Pattern LINK = Pattern.compile("runbook: docs/alerts\\.md#(\\w+)");

  /** Also as the samples of a histogram are called. */
  private static final Pattern FIGURE =
      Pattern.compile("(trailcast_[a-z_]+?)(?:_bucket|_sum|_count)?(?=[^a-z_])");

  private static final Pattern DOCUMENTED = Pattern.compile("\\| `(trailcast_[a-z_]+)(?:\\{|`)");

  @TempDir private static Path directory;

  @BeforeAll
  static void layBesideEachOther() throws IOException {
    for (Path file : new Path[] {ALERTS, PROMETHEUS, SCENARIOS}) {
      Files.copy(file, directory.resolve(file.getFileName()));
    }
  }

  @Test
  void everyAlertFiresAtWhatItIsForAndEnds() throws Exception {
    assertThat(promtool("test", "rules", "alerts-test.yml")).endsWith("SUCCESS\n\n");
    assertThat(all(TESTED, SCENARIOS)).isEqualTo(all(ALERT, ALERTS));
  }

  @Test
  void everyAlertIsCausedOnARealServer() throws IOException {
    SortedSet<String> caused = new TreeSet<>();
    for (String name : List.of("AlertsIT", "KafkaAlertsIT", "MachineAlertsIT")) {
      caused.addAll(all(CAUSED, TESTS.resolve(name + ".java")));
    }
    assertThat(caused).isEqualTo(all(ALERT, ALERTS));
  }

  @Test
  void prometheusTakesItsConfiguration() throws Exception {
    assertThat(promtool("check", "config", "prometheus.yml")).contains("rules found");
  }

  @Test
  void everyAlertHasItsPage() throws IOException {
    assertThat(all(SECTION, PAGES)).isEqualTo(all(ALERT, ALERTS));
    assertThat(all(LINK, ALERTS))
        .isEqualTo(
            all(ALERT, ALERTS).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(toCollection(TreeSet::new)));
  }

  @Test
  void alertsAndTheDashboardAskForWhatThereIs() throws IOException {
    SortedSet<String> documented = all(DOCUMENTED, FIGURES);
    assertThat(documented).containsAll(all(FIGURE, ALERTS));
    assertThat(documented).containsAll(all(FIGURE, DASHBOARD));
  }

  @Test
  void theDashboardShowsAlmostEverything() throws IOException {
    SortedSet<String> unseen = all(DOCUMENTED, FIGURES);
    unseen.removeAll(all(FIGURE, DASHBOARD));
    assertThat(unseen)
        .containsOnly(
            "trailcast_canaries_total", // alive or not is what matters
            "trailcast_follower_failures",
            "trailcast_follower_gaps",
            "trailcast_followers",
            "trailcast_journal_queued_activities", // its share of what may be is shown
            "trailcast_journal_queued_bytes",
            "trailcast_readers_filled_ratio",
            "trailcast_stream_stay_seconds");
  }

  private static SortedSet<String> all(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static String promtool(String... arguments) throws Exception {
    Machine.mustHave("promtool", Machine.program("promtool").isPresent());
    String[] command = new String[arguments.length + 1];
    command[0] = "promtool";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
