package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stands for a host in addresses: a name, or an IP address. Never asks a name server. */
final class Hosts {
  /** What looks like these is looked up nowhere by {@link InetAddress}. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]");

  private Hosts() {}

  /**
   * Which host a request is for, in lower case, an IPv6 address in brackets: as {@code Host} says,
   * or what is in front, where the server believes it.
   */
  static String of(HttpServletRequest request) {
    String name = request.getServerName().toLowerCase(Locale.ROOT);
    return name.indexOf(':') >= 0 && !name.startsWith("[") ? '[' + name + ']' : name;
  }

  /** The bytes of the IP address that this is; empty if it is none. */
  static Optional<byte[]> address(String host) {
    if (!ADDRESS.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host).getAddress());
    } catch (UnknownHostException e) {
      return Optional.empty(); // 999.0.0.1
    }
  }
}
