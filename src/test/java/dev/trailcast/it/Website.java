package dev.trailcast.it;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Somebody's website on this machine: it answers the same, whatever is asked for. Its two names are
 * two origins.
 */
public final class Website implements AutoCloseable {
  private final HttpServer server;

  /** Opens it, with an empty page, at a port of its own. */
  public Website() {
    this("text/html;charset=UTF-8", "<!doctype html><title>A website</title>");
  }

  /** Opens it at a port of its own. */
  public Website(String mediaType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", mediaType);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  /** Its pages' origin where it is called {@code localhost}. */
  public URI localhost() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Its pages' origin where it is called by its address: another one. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
