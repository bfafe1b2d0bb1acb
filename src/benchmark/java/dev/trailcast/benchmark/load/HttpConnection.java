package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.Patience;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A connection that is kept alive: one request after the other, as cheap for the generator as can
 * be. Belongs to one thread.
 */
public final class HttpConnection implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final int port;
  private final byte[] from;
  private Socket socket;
  private InputStream in;

  /** To a port of this machine. */
  public HttpConnection(int port) {
    this(port, LOOPBACK);
  }

  /**
   * To a port of this machine.
   *
   * @param from the four bytes of this machine's address that it comes from
   */
  public HttpConnection(int port, byte[] from) {
    this.port = port;
    this.from = from.clone();
  }

  /**
   * An answer.
   *
   * @param body as text
   */
  public record Answer(int status, String body) {
    /** Whether it says that all went well. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }
  }

  /** The bytes of a request with a body. */
  public static byte[] post(
      int port, String path, String contentType, byte[] body, String... headers) {
    String[] all = Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type: " + contentType;
    all[headers.length + 1] = "Content-Length: " + body.length;
    byte[] head = head("POST", port, path, all);
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    return request;
  }

  /** The bytes of a request without one. */
  public static byte[] get(int port, String path, String... headers) {
    return head("GET", port, path, headers);
  }

  private static byte[] head(String method, int port, String path, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    head.append("Host: localhost:").append(port).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws java.net.SocketTimeoutException if the server lets it wait for too long
   */
  public Answer exchange(byte[] request) throws IOException {
    try {
      if (socket == null) {
        socket = LocalAddress.connect(from, port, Patience.millis());
        socket.setSoTimeout(Patience.millis());
        in = new BufferedInputStream(socket.getInputStream());
      }
      socket.getOutputStream().write(request);
      return answer();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Answer answer() throws IOException {
    String statusLine = line();
    int length = 0;
    boolean chunked = false;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lowered = header.toLowerCase(Locale.ROOT);
      if (lowered.startsWith("content-length:")) {
        length = Integer.parseInt(lowered.substring("content-length:".length()).trim());
      }
      chunked |= lowered.startsWith("transfer-encoding:") && lowered.endsWith("chunked");
      last |= lowered.startsWith("connection:") && lowered.endsWith("close");
    }
    StringBuilder body = new StringBuilder();
    if (chunked) {
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        body.append(text(size));
        line();
      }
      line();
    } else {
      body.append(text(length));
    }
    if (last) {
      close();
    }
    return new Answer(Integer.parseInt(statusLine.split(" ", 3)[1]), body.toString());
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].trim(), 16);
  }

  private String text(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
