package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Somebody who follows, and reads no more than that the answer begins. */
public final class StalledReader implements AutoCloseable {
  private final Socket socket = new Socket();

  /** Follows what the path and query name, from now on. */
  public StalledReader(Server server, String pathAndQuery) throws IOException {
    try {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress("localhost", server.base().getPort()));
      OutputStream request = socket.getOutputStream();
      String get =
          "GET %s%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
              .formatted(server.base().getPath(), pathAndQuery);
      request.write(get.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    } catch (IOException | AssertionError e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
