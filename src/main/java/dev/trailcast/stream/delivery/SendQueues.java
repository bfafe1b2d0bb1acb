package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.Connection;
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
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Predicate;

/**
 * What the kernel still holds for each connection because the other side has not taken it. Linux
 * shows it to everybody (proc(5), {@code /proc/net/tcp}); on other systems nothing is known. A look
 * costs one to four microseconds for each connection on the machine.
 */
final class SendQueues {
  private static final HexFormat HEX = HexFormat.of();
  private static final String ESTABLISHED = "01";
  private static final String CLOSE_WAIT = "08"; // the other side has sent its last
  private static final String RETRANSMISSION_TIMER = "01:";
  private static final String PROBE_TIMER = "04:";

  /**
   * What is held for a connection.
   *
   * @param bytes sent or to be sent, and not acknowledged
   * @param shut whether the other side has no room for more: what it has is not read
   * @param unanswered how often in a row the kernel has sent something again, or has asked whether
   *     there is room now, and has heard nothing
   */
  record SendQueue(long bytes, boolean shut, int unanswered) {}

  private final List<Path> tables;

  /** Of this machine. */
  SendQueues() {
    this(List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6")));
  }

  SendQueues(List<Path> tables) {
    this.tables = tables;
  }

  /**
   * The connections whose queues are like this.
   *
   * @throws IOException where the system does not tell
   */
  Map<Connection, SendQueue> find(Predicate<SendQueue> sought) throws IOException {
    return find(ESTABLISHED, sought);
  }

  /**
   * The connections that the other side has closed.
   *
   * @throws IOException where the system does not tell
   */
  Set<Connection> closed() throws IOException {
    return find(CLOSE_WAIT, any -> true).keySet();
  }

  private Map<Connection, SendQueue> find(String state, Predicate<SendQueue> sought)
      throws IOException {
    Map<Connection, SendQueue> queues = new HashMap<>();
    for (Path table : tables) {
      try (BufferedReader lines = Files.newBufferedReader(table, StandardCharsets.US_ASCII)) {
        lines.readLine(); // the heading
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          add(line, state, sought, queues);
        }
      }
    }
    return queues;
  }

  /**
   * {@code sl: local:port remote:port state sent-queue:received-queue timer:when …}, all but sl in
   * hex and of a fixed width.
   */
  private static void add(
      String line, String wanted, Predicate<SendQueue> sought, Map<Connection, SendQueue> queues)
      throws IOException {
    int local = line.indexOf(':') + 2;
    int remote = line.indexOf(' ', local) + 1;
    int state = line.indexOf(' ', remote) + 1;
    int queue = state + ESTABLISHED.length() + 1;
    if (!line.startsWith(wanted, state)) {
      return;
    }
    long bytes = HexFormat.fromHexDigitsToLong(line, queue, line.indexOf(':', queue));
    int timer = line.indexOf(' ', queue) + 1;
    SendQueue found =
        new SendQueue(bytes, line.startsWith(PROBE_TIMER, timer), unanswered(line, timer));
    if (sought.test(found)) {
      int endOfLocal = line.indexOf(':', local);
      int endOfRemote = line.indexOf(':', remote);
      Connection connection =
          new Connection(
              address(line.substring(remote, endOfRemote)),
              HexFormat.fromHexDigits(line, endOfRemote + 1, state - 1),
              HexFormat.fromHexDigits(line, endOfLocal + 1, remote - 1));
      queues.put(connection, found);
    }
  }

  /** From {@code timer:when} on: {@code retransmissions} in hex, {@code user}, {@code probes}. */
  private static int unanswered(String line, int timer) {
    boolean waits =
        line.startsWith(RETRANSMISSION_TIMER, timer) || line.startsWith(PROBE_TIMER, timer);
    if (!waits) {
      return 0;
    }
    StringTokenizer fields = new StringTokenizer(line.substring(line.indexOf(' ', timer)));
    int retransmissions = HexFormat.fromHexDigits(fields.nextToken());
    fields.nextToken();
    return retransmissions + Integer.parseInt(fields.nextToken());
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
