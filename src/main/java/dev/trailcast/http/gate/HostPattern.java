package dev.trailcast.http.gate;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Hosts as a setting names them: by name, or by a network of IP addresses. */
sealed interface HostPattern {
  Pattern NAMES = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  /**
   * Whether it is one of these.
   *
   * @param host as {@link Hosts} has it
   */
  boolean matches(String host);

  /**
   * Reads {@code trail.example}, {@code *.trail.example} (every name that ends so, but not {@code
   * trail.example}), {@code 192.0.2.7}, {@code 127.0.0.0/8}, {@code [::1]} or {@code [fd00::]/8}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static HostPattern parse(String text) {
    String[] parts = text.split("/", 2);
    Optional<byte[]> address = Hosts.address(parts[0]);
    if (address.isPresent()) {
      int bits = address.get().length * Byte.SIZE;
      return Network.of(address.get(), parts.length == 1 ? bits : Integer.parseInt(parts[1]));
    }
    String name = text.toLowerCase(Locale.ROOT);
    if (!NAMES.matcher(name).matches()) {
      throw new IllegalArgumentException("no host: " + text);
    }
    return name.startsWith("*") ? new NamesBelow(name.substring(1)) : new Name(name);
  }

  /** One name. */
  record Name(String name) implements HostPattern {
    @Override
    public boolean matches(String host) {
      return host.equals(name);
    }
  }

  /** All names that end so. */
  record NamesBelow(String end) implements HostPattern {
    @Override
    public boolean matches(String host) {
      return host.endsWith(end);
    }
  }

  /**
   * The IP addresses that begin alike.
   *
   * @param prefix their first bits, as a number
   * @param bytes how long each address is
   * @param rest how many bits follow the prefix
   */
  record Network(BigInteger prefix, int bytes, int rest) implements HostPattern {
    static Network of(byte[] address, int bits) {
      int rest = address.length * Byte.SIZE - bits;
      if (bits < 0 || rest < 0) {
        throw new IllegalArgumentException("no prefix of %d bits".formatted(bits));
      }
      return new Network(prefix(address, rest), address.length, rest);
    }

    private static BigInteger prefix(byte[] address, int rest) {
      return new BigInteger(1, address).shiftRight(rest);
    }

    @Override
    public boolean matches(String host) {
      return Hosts.address(host)
          .filter(address -> address.length == bytes && prefix(address, rest).equals(prefix))
          .isPresent();
    }
  }
}
