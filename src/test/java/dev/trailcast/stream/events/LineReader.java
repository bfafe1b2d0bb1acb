package dev.trailcast.stream.events;

import dev.trailcast.it.Server;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A program that follows the stream as lines of JSON. */
final class LineReader implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  LineReader(Server server, String pathAndQuery) throws Exception {
    response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.base().resolve(pathAndQuery))
                    .header("Accept", "application/x-ndjson")
                    .build(),
                BodyHandlers.ofInputStream());
    lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  String next() throws IOException {
    return lines.readLine();
  }

  /** The next line that is no heartbeat. */
  String nextFilled() throws IOException {
    String line = next();
    while (line.isEmpty()) {
      line = next();
    }
    return line;
  }

  JsonObject nextObject() throws IOException {
    return Json.createReader(new StringReader(nextFilled())).readObject();
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
