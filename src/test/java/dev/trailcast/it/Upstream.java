package dev.trailcast.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands behind a proxy in the place of a server, and keeps what it is sent. */
public final class Upstream implements Closeable {
  private static final String ANSWER = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

  public Upstream() throws IOException {
    Thread thread = new Thread(this::serve, "upstream");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        String head = head(connection.getInputStream());
        if (!head.startsWith("GET /health/")) { // else a proxy wants to know whether it is ready
          heads.add(head);
        }
        connection.getOutputStream().write(ANSWER.getBytes(StandardCharsets.ISO_8859_1));
        connection.shutdownOutput();
        connection.getInputStream().readAllBytes(); // so that closing does not reset it
      } catch (IOException e) {
        // closed, or the proxy has looked whether somebody is there
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended within the headers: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** What has come since it was asked last: of each request the line and the headers. */
  public String heads() {
    StringBuilder all = new StringBuilder();
    for (String head = heads.poll(); head != null; head = heads.poll()) {
      all.append(head);
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
