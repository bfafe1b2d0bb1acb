package dev.trailcast.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.OtlpReceiver;
import dev.trailcast.it.Platform;
import dev.trailcast.it.Server;
import dev.trailcast.it.ServerProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A server with MicroProfile Telemetry, and one with neither that nor MicroProfile Metrics. */
class TelemetryIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @TempDir Path directory;

  @Test
  void tellsOpenTelemetryOfFiguresAndOfRecording() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver(Platform.port(5));
        ServerProcess process = new ServerProcess("trailcastTelemetry")) {
      process.addTelemetry();
      process.start(
          Map.of(
              "TRAILCAST_JOURNAL_DIRECTORY", directory.toString(),
              "OTEL_SDK_DISABLED", "false",
              "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
              "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.address(),
              "OTEL_METRIC_EXPORT_INTERVAL", "500",
              "OTEL_BSP_SCHEDULE_DELAY", "100"));
      Server server = process.server();

      String traceparent = "00-" + TRACE + "-" + PARENT + "-01";
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(server.base() + "api/activities"))
                      .header("Content-Type", "application/json")
                      .header("traceparent", traceparent)
                      .POST(BodyPublishers.ofString("{\"type\":\"traced\"}"))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(201);

      assertThat(server.get("api/activities").body())
          .contains("\"traceparent\":\"" + traceparent + "\"");
      Await.until("the span", () -> receiver.traces().contains("trailcast record"));
      assertThat(receiver.traces()).contains(bytes(TRACE)).contains("trailcast.door");
      if (Platform.hasFeatures()) { // Payara 6 has MicroProfile Telemetry 1.1, which has no figures
        Await.until(
            "the figures",
            () ->
                receiver.metrics().contains("trailcast.ingested.activities")
                    && receiver.metrics().contains("trailcast.recording")
                    && receiver.metrics().contains("trailcast.readers"));
      }
    }
  }

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  @Test
  @EnabledIf("dev.trailcast.it.Platform#hasFeatures")
  void needsNeitherOpenTelemetryNorMetrics() throws Exception {
    try (ServerProcess process = new ServerProcess("trailcastBare")) {
      process.removeMetrics();
      process.start(Map.of("TRAILCAST_JOURNAL_DIRECTORY", directory.toString()));

      process.server().record("{\"type\":\"recorded\"}");

      assertThat(process.server().get("api/activities").body()).contains("recorded");
      assertThat(process.console())
          .doesNotContain("WELD-000119", "CWNEN0047W", "dev.trailcast.metrics", "NoClassDefFound");
    }
  }
}
