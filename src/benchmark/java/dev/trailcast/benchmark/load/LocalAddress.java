package dev.trailcast.benchmark.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Connections to this machine from any of its addresses, 127.0.0.0/8. */
public final class LocalAddress {
  private LocalAddress() {}

  /**
   * Connects.
   *
   * @param from the four bytes of the address
   * @param millis how long to wait for it
   */
  public static Socket connect(byte[] from, int port, int millis) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
