package dev.trailcast.benchmark.load;

import java.io.IOException;
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

  /** The clients' ports of all connections to {@code port} that neither side has ended. */
  static Set<Integer> clientsOf(int port) throws IOException {
    Set<Integer> clients = new HashSet<>();
    for (Path table : TABLES) {
      for (String line : Files.readAllLines(table)) {
        String[] columns = line.strip().split("\\s+");
        if (columns[STATE].equals(ESTABLISHED) && port(columns[LOCAL]) == port) {
          clients.add(port(columns[REMOTE]));
        }
      }
    }
    return clients;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }
}
