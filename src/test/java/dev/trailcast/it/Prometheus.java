package dev.trailcast.it;

import dev.trailcast.Await;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Prometheus of its own, which asks a server every half second and has the alerts that are
 * delivered. What they wait for minutes for, they wait for seconds for here.
 */
public final class Prometheus implements AutoCloseable {
  private static final Path ALERTS = Path.of("server-config/prometheus/alerts.yml");
  private static final int PORT = Platform.port(4);

  private static final String CONFIGURATION =
      """
      global: {scrape_interval: 500ms, evaluation_interval: 500ms}
      rule_files: [alerts.yml]
      scrape_configs:
        - job_name: trailcast
          static_configs: [{targets: ["%s:%d"]}]
      """;

  private final Path directory;
  private final Process process;

  /** Starts one, and waits until it has asked that server. */
  public Prometheus(Server server) throws Exception {
    Machine.mustHave("prometheus", Machine.program("prometheus").isPresent());
    directory = Files.createTempDirectory("prometheus");
    URI base = server.base();
    Files.writeString(
        directory.resolve("prometheus.yml"),
        CONFIGURATION.formatted(base.getHost(), base.getPort()));
    Files.writeString(directory.resolve("alerts.yml"), sooner(Files.readString(ALERTS)));
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=localhost:" + PORT)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("console.log").toFile())
            .start();
    try {
      Await.until("Prometheus to have asked", this::hasAsked);
    } catch (Exception | Error e) {
      close();
      throw e;
    }
  }

  private static String sooner(String alerts) {
    return alerts
        .replaceAll("(?m)^( +for:) \\d+[sm]$", "$1 1s")
        .replaceAll("\\[(?:5|15)m\\]", "[6s]")
        .replace("[1h]", "[20s]");
  }

  /** Which alerts fire now. */
  public Set<String> firing() throws Exception {
    return Server.json(api("alerts"))
        .getJsonObject("data")
        .getJsonArray("alerts")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(alert -> alert.getString("state").equals("firing"))
        .map(alert -> alert.getJsonObject("labels").getString("alertname"))
        .collect(Collectors.toSet());
  }

  /** A number that it has got last, or counted from what it has got. */
  public double value(String query) throws Exception {
    return Double.parseDouble(
        Server.json(api("query?query=" + query))
            .getJsonObject("data")
            .getJsonArray("result")
            .getJsonObject(0)
            .getJsonArray("value")
            .getString(1));
  }

  /** Waits for an alert. */
  public void awaitFiring(String alert) throws Exception {
    Await.until(alert + " to fire", () -> firing().contains(alert));
  }

  /** Waits until it is over. */
  public void awaitEnd(String alert) throws Exception {
    Await.until(alert + " to be over", () -> !firing().contains(alert));
  }

  private boolean hasAsked() throws Exception {
    try {
      HttpResponse<String> answer = api("query?query=up");
      return answer.statusCode() == 200 && answer.body().contains("\"job\":\"trailcast\"");
    } catch (IOException e) { // it does not listen yet
      return false;
    }
  }

  private HttpResponse<String> api(String path) throws Exception {
    return new Server(URI.create("http://localhost:" + PORT + "/api/v1/")).get(path);
  }

  @Override
  public void close() {
    Processes.kill(process);
  }
}
