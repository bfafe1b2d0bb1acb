package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** An application's address, and what a publisher does there. */
public record Server(URI base) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The application that Arquillian has deployed there.
   *
   * @param url by Payara's adapter with an address of the machine; servers listen on localhost only
   */
  public static Server of(URL url) {
    return new Server(URI.create("http://localhost:" + url.getPort() + url.getPath()));
  }

  /** Sends a body and returns whatever is answered. */
  public HttpResponse<String> post(String path, String mediaType, String body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", mediaType)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  /** Asks for the headers alone. */
  public HttpResponse<String> head(String path, String accept)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .header("Accept", accept)
            .method("HEAD", BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  /**
   * Sends a request as it is written here, on a connection of its own.
   *
   * @param line method and target; a target that does not begin with a slash is below {@link #base}
   * @param more further headers, each with its line's end, then an empty line and the body, if any
   */
  public RawHttp raw(String line, String more) throws IOException {
    String[] parts = line.split(" ", 2);
    String target = parts[1].startsWith("/") ? parts[1] : base.getPath() + parts[1];
    String head = parts[0] + " " + target + " HTTP/1.1\r\nHost: localhost\r\n";
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      return RawHttp.send(socket, head + "Connection: close\r\n" + more);
    }
  }

  /** Records one activity, given as JSON, and returns its position. */
  public String record(String json) throws IOException, InterruptedException {
    HttpResponse<String> response = post("api/activities", "application/json", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
    return json(response).getString("position");
  }

  /** Records activities, each a line of JSON, and returns the position of the last. */
  public String recordAll(List<String> lines) throws IOException, InterruptedException {
    HttpResponse<String> response =
        post("api/activities", "application/x-ndjson", String.join("\n", lines));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(json(response).getInt("rejected")).as(response.body()).isZero();
    return json(response).getString("position");
  }

  /** Has the test's bean fire, and returns what it tells. */
  public String fire(String how, String type, int count) throws IOException, InterruptedException {
    String query = "?how=" + how + "&type=" + type + "&count=" + count;
    HttpResponse<String> response = post("test/fire" + query, "text/plain", "");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  /** Waits until nobody follows any more: heartbeats find out who has gone. */
  public void awaitNoReaders() throws Exception {
    Await.until("readers of other tests to be gone", () -> metric("trailcast_readers") == 0);
  }

  /** Bytes of the server's heap that are in use after a collection. */
  public long usedHeap() throws IOException, InterruptedException {
    HttpResponse<String> response = get("test/heap");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Long.parseLong(response.body());
  }

  /**
   * What the server exposes under this name, with these values of labels.
   *
   * @throws AssertionError if it does not
   */
  public double metric(String name, String... labels) throws IOException, InterruptedException {
    String exposed = new Server(base.resolve("/")).get("metrics").body();
    return exposed
        .lines()
        .filter(line -> line.startsWith(name + "{") && Stream.of(labels).allMatch(line::contains))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in\n" + exposed));
  }

  /** Waits until it is so much, or more: counters are up to a second old. */
  public void awaitMetric(double value, String name, String... labels) throws Exception {
    Await.until(
        name + " to be " + value + ", not " + metric(name, labels),
        () -> metric(name, labels) >= value);
  }

  public static JsonObject json(HttpResponse<String> response) {
    return json(response.body());
  }

  public static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }
}
