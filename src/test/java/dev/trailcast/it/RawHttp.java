package dev.trailcast.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server answers to bytes that no HTTP client would send.
 *
 * @param head the status line and the headers
 * @param body as it came, with its chunks; of a stream what has come before the connection ended
 */
public record RawHttp(String head, String body) {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String END_OF_HEAD = "\r\n\r\n";

  /**
   * Sends a request, which must ask for the connection to be closed, and takes in what is answered.
   *
   * @param request in ISO 8859-1
   */
  public static RawHttp send(Socket socket, String request) throws IOException {
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException e) {
      // refused before all was read: the answer says why
    }
    return receive(socket);
  }

  /** Takes in what is answered until the server closes the connection. */
  public static RawHttp receive(Socket socket) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    String answer = new String(untilItEnds(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    int end = answer.indexOf(END_OF_HEAD);
    return end < 0
        ? new RawHttp(answer, "")
        : new RawHttp(answer.substring(0, end), answer.substring(end + END_OF_HEAD.length()));
  }

  private static byte[] untilItEnds(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] some = new byte[8192];
    try {
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        read.write(some, 0, count);
      }
    } catch (SocketException e) {
      // reset, because not all that was sent has been read
    }
    return read.toByteArray();
  }

  /** The status, or 0 where nothing was answered. */
  public int status() {
    String[] words = head.split(" ", 3);
    return words.length > 1 ? Integer.parseInt(words[1]) : 0;
  }

  /** The first header of this name. */
  public Optional<String> header(String name) {
    String begins = name.toLowerCase(Locale.ROOT) + ":";
    return List.of(head.split("\r\n")).stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(begins))
        .map(line -> line.substring(begins.length()).trim())
        .findFirst();
  }
}
