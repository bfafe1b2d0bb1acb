package dev.trailcast.it;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a process of this machine can be reached at from outside of it, as proc(5) has it.
 *
 * @param protocol {@code tcp}, {@code udp}
 */
public record Listener(String protocol, InetAddress address, int port) {
  private static final String LISTENS = "0A";
  private static final String UNCONNECTED = "07"; // takes datagrams from everybody

  /** All that this process has. */
  public static List<Listener> of(ProcessHandle process) throws IOException {
    Path directory = Path.of("/proc", Long.toString(process.pid()));
    Set<String> sockets = sockets(directory.resolve("fd"));
    List<Listener> listeners = new ArrayList<>();
    for (String protocol : List.of("tcp", "udp")) {
      for (String version : List.of("", "6")) {
        Path table = directory.resolve("net").resolve(protocol + version);
        if (Files.exists(table)) { // not everybody has IPv6
          Files.readAllLines(table).stream()
              .skip(1) // its heading
              .map(line -> line.trim().split(" +"))
              .filter(row -> sockets.contains("socket:[" + row[9] + "]"))
              .filter(row -> row[3].equals(protocol.equals("tcp") ? LISTENS : UNCONNECTED))
              .map(row -> parse(protocol, row[1]))
              .forEach(listeners::add);
        }
      }
    }
    return listeners;
  }

  private static Set<String> sockets(Path descriptors) throws IOException {
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> all = Files.list(descriptors)) {
      for (Path descriptor : all.toList()) {
        try {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        } catch (NoSuchFileException e) {
          // closed meanwhile
        }
      }
    }
    return sockets;
  }

  /** From {@code 0100007F:2378}: words of four bytes, each from its end (where that is first). */
  private static Listener parse(String protocol, String local) {
    String[] parts = local.split(":");
    byte[] bytes = HexFormat.of().parseHex(parts[0]);
    for (int word = 0; word < bytes.length; word += 4) {
      swap(bytes, word, word + 3);
      swap(bytes, word + 1, word + 2);
    }
    try {
      return new Listener(
          protocol, InetAddress.getByAddress(bytes), Integer.parseInt(parts[1], 16));
    } catch (IOException e) {
      throw new IllegalArgumentException(local, e);
    }
  }

  private static void swap(byte[] bytes, int one, int other) {
    byte kept = bytes[one];
    bytes[one] = bytes[other];
    bytes[other] = kept;
  }

  @Override
  public String toString() {
    return protocol + " " + address.getHostAddress() + ":" + port;
  }
}
