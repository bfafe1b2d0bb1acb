package dev.trailcast.stream.delivery;

import dev.trailcast.stream.wire.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux would say of connections to readers at 127.77.0.1 and so on, as proc(5) has it. */
final class TcpTable {
  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout\n";
  private static final int FIRST_PORT = 50_000;

  private final Path file;

  TcpTable(Path directory) {
    file = directory.resolve("tcp");
  }

  /** The one of the reader with this number. */
  static Connection connection(int number) {
    return new Connection("127.77.0." + number, FIRST_PORT + number, 9080);
  }

  /** A reader for whom so many bytes are held, and who has answered. */
  static String queue(int number, int bytes) {
    return line(number, bytes, "00", "00000000", "0");
  }

  /** The same for one that has no room for more. */
  static String shut(int number, int bytes) {
    return line(number, bytes, "04", "00000000", "0");
  }

  /**
   * @param timer which one is running
   * @param retransmissions in hex
   * @param probes in decimal
   */
  static String line(int number, int bytes, String timer, String retransmissions, String probes) {
    return "   2: 0100007F:2378 %02X004D7F:%04X 01 %08X:00000000 %s:0000008A %s     0 %8s 15 2\n"
        .formatted(number, FIRST_PORT + number, bytes, timer, retransmissions, probes);
  }

  /** A reader that has closed its connection. */
  static String closed(int number) {
    return queue(number, 0).replaceFirst(" 01 ", " 08 ");
  }

  /** This is what it says from now on. */
  void say(String... lines) throws IOException {
    Files.writeString(file, HEADING + String.join("", lines));
  }

  SendQueues queues() {
    return new SendQueues(List.of(file));
  }
}
