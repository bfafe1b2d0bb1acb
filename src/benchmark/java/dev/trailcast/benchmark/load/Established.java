package dev.trailcast.benchmark.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Connections as the kernel sees them from the server's side: proc(5), /proc/net/tcp. */
final class Established {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));

  private static final String ESTABLISHED = "01";

  // columns of the tables
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;

  private Established() {}

  /** The clients of all connections to {@code port} that neither side has ended. */
  static Set<InetSocketAddress> clientsOf(int port) throws IOException {
    Set<InetSocketAddress> clients = new HashSet<>();
    for (Path table : TABLES) {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split("\\s+");
        if (columns[STATE].equals(ESTABLISHED) && port(columns[LOCAL]) == port) {
          clients.add(new InetSocketAddress(address(columns[REMOTE]), port(columns[REMOTE])));
        }
      }
    }
    return clients;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  /**
   * The last four bytes, which are all of it or what of IPv6 stands for it; as the machine has
   * them.
   */
  private static InetAddress address(String address) throws IOException {
    int end = address.lastIndexOf(':');
    int word = Integer.parseUnsignedInt(address.substring(end - 2 * Integer.BYTES, end), 16);
    byte[] bytes =
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(word).array();
    return InetAddress.getByAddress(bytes);
  }
}
