package dev.trailcast.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * What the kernel still holds for each connection because the other side has not taken it. Linux
 * shows it to everybody (proc_pid_net(5), {@code /proc/self/net/tcp}); on other systems nothing is
 * known. A look costs about a microsecond for each connection on the machine.
 */
final class SendQueues {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  private static final HexFormat HEX = HexFormat.of();
  private static final String ESTABLISHED = "01";

  private SendQueues() {}

  /**
   * The connections with at least so many bytes, and how many.
   *
   * @throws IOException where the system does not tell
   */
  static Map<Connection, Long> atLeast(long bytes) throws IOException {
    Map<Connection, Long> queues = new HashMap<>();
    for (Path table : TABLES) {
      try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
        lines.readLine(); // the heading
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          add(line, bytes, queues);
        }
      }
    }
    return queues;
  }

  /** {@code sl: local:port remote:port state sent-queue:received-queue …}, all but sl in hex. */
  private static void add(String line, long bytes, Map<Connection, Long> queues)
      throws IOException {
    int local = line.indexOf(':') + 2;
    int remote = line.indexOf(' ', local) + 1;
    int state = line.indexOf(' ', remote) + 1;
    int queue = state + ESTABLISHED.length() + 1;
    if (!line.startsWith(ESTABLISHED, state)) {
      return;
    }
    long queued = HexFormat.fromHexDigitsToLong(line, queue, line.indexOf(':', queue));
    if (queued >= bytes) {
      int endOfLocal = line.indexOf(':', local);
      int endOfRemote = line.indexOf(':', remote);
      Connection connection =
          new Connection(
              address(line.substring(remote, endOfRemote)),
              HexFormat.fromHexDigits(line, endOfRemote + 1, state - 1),
              HexFormat.fromHexDigits(line, endOfLocal + 1, remote - 1));
      queues.put(connection, queued);
    }
  }

  /** Words of four bytes, each in the order of the machine. */
  private static String address(String hex) throws IOException {
    ByteBuffer address = ByteBuffer.wrap(HEX.parseHex(hex));
    ByteBuffer network = ByteBuffer.allocate(address.capacity());
    address.order(ByteOrder.nativeOrder());
    while (address.hasRemaining()) {
      network.putInt(address.getInt());
    }
    return InetAddress.getByAddress(network.array()).getHostAddress();
  }
}
