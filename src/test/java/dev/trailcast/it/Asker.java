package dev.trailcast.it;

import dev.trailcast.Await;
import dev.trailcast.it.Operation.Example;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Sends what OpenAPI describes, and holds it to what it says of the answers. */
public record Asker(Server server) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What is answered; of a stream what it begins with. */
  public record Told(HttpResponse<?> head, String body) {
    /** The status. */
    public int status() {
      return head.statusCode();
    }

    /** The media type, without parameters; empty if there is none. */
    public String mediaType() {
      return head.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    }
  }

  /** Sends a request that is described, and these headers beside. */
  public Told send(Operation operation, Example example, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(example.target()))
            .timeout(Duration.ofSeconds(Await.LIMIT_SECONDS))
            .method(
                operation.method(),
                example.body() == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(example.body()));
    if (example.mediaType() != null) {
      request.header("Content-Type", example.mediaType());
    }
    String[] all =
        Stream.concat(example.headers().stream(), Stream.of(headers)).toArray(String[]::new);
    if (all.length > 0) {
      request.headers(all);
    }
    HttpResponse<InputStream> answer = CLIENT.send(request.build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      String read =
          CompletableFuture.supplyAsync(() -> beginning(operation, answer, body))
              .get(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
      return new Told(answer, read);
    }
  }

  private static String beginning(
      Operation operation, HttpResponse<InputStream> answer, InputStream body) {
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    boolean isEndless =
        operation.method().equals("GET")
            && Set.of("text/event-stream", "application/x-ndjson").contains(type);
    StringBuilder text = new StringBuilder();
    try {
      while (!isEndless || !text.toString().matches("(?s).*(\\{.*\\n).*")) {
        int next = body.read();
        if (next < 0) {
          break;
        }
        text.append((char) next);
      }
    } catch (IOException e) {
      throw new AssertionError("broken off after " + text, e);
    }
    return new String(
        text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Sends it, and fails if what comes is not described. */
  public Told tell(Operation operation, Example example, String... headers) throws Exception {
    Told told = send(operation, example, headers);
    operation.assertDescribes(told.status(), told.mediaType(), told.body());
    return told;
  }
}
