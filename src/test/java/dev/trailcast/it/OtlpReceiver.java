package dev.trailcast.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes what OpenTelemetry exports by OTLP over HTTP, and keeps it as it comes: in Protocol Buffers
 * names stand as they are, and ids as their bytes.
 */
public final class OtlpReceiver implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Queue<String>> received = new ConcurrentHashMap<>();

  /** Listens at a port of this machine. */
  public OtlpReceiver(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
      received
          .computeIfAbsent(exchange.getRequestURI().getPath(), any -> new ConcurrentLinkedQueue<>())
          .add(body);
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Where it is. */
  public String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** All metrics so far. */
  public String metrics() {
    return all("/v1/metrics");
  }

  /** All traces so far. */
  public String traces() {
    return all("/v1/traces");
  }

  private String all(String path) {
    return String.join("", received.getOrDefault(path, new ConcurrentLinkedQueue<>()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
