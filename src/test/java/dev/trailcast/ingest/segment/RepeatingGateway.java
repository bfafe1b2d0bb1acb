package dev.trailcast.ingest.segment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trailcast.it.Server;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a library and the server. It sends on whatever comes, and where that is a batch,
 * the same once more backwards. Some of the answers it loses: then the library sends again.
 */
final class RepeatingGateway implements AutoCloseable {
  private static final List<String> PASSED_ON =
      List.of("Authorization", "Content-Type", "Content-Encoding");

  private final Server server;
  private final AtomicInteger toLose;
  private final HttpServer gateway;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param toLose how many answers it loses first
   */
  RepeatingGateway(Server server, int toLose) throws IOException {
    this.server = server;
    this.toLose = new AtomicInteger(toLose);
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.setExecutor(threads);
    gateway.createContext("/", this::serve);
    gateway.start();
  }

  /** What stands for the server's own address. */
  URI base() {
    return URI.create(
        "http://localhost:" + gateway.getAddress().getPort() + server.base().getPath());
  }

  /** How many answers it has still to lose; not positive: none. */
  int toLose() {
    return toLose.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpResponse<byte[]> answer = send(exchange, body);
      byte[] backwards = backwards(body);
      if (backwards != null) {
        answer = send(exchange, backwards);
      }
      int status = toLose.getAndDecrement() > 0 ? 503 : answer.statusCode();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(exchange.getRequestURI().getRawPath()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (String name : PASSED_ON) {
      for (String value : exchange.getRequestHeaders().getOrDefault(name, List.of())) {
        request.header(name, value);
      }
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** A batch backwards; null if it is none, or packed. */
  private static byte[] backwards(byte[] body) {
    JsonObject sent;
    try {
      sent = Json.createReader(new ByteArrayInputStream(body)).readObject();
    } catch (JsonException e) {
      return null;
    }
    JsonArray batch = sent.getJsonArray("batch");
    if (batch == null) {
      return null;
    }
    JsonArrayBuilder backwards = Json.createArrayBuilder();
    for (int i = batch.size() - 1; i >= 0; i--) {
      backwards.add(batch.get(i));
    }
    return Json.createObjectBuilder(sent)
        .add("batch", backwards)
        .build()
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    gateway.stop(0);
    threads.shutdownNow();
  }
}
