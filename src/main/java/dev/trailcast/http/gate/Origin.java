package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page is from (RFC 6454): equal to another if a browser takes them for the same.
 *
 * @param scheme in lower case
 * @param host in lower case; an IPv6 address in brackets
 * @param port -1 where the scheme has no default and none is given
 */
record Origin(String scheme, String host, int port) {
  private static final Pattern SERIALIZED =
      Pattern.compile("([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::([0-9]{1,5}))?");

  private static final Map<String, Integer> DEFAULT_PORTS = Map.of("http", 80, "https", 443);

  /**
   * Reads an origin as it stands in a header. Opaque ones, {@code null}, are none.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Origin parse(String text) {
    Matcher parts = SERIALIZED.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException("no origin: " + text);
    }
    String scheme = parts.group(1);
    int port = parts.group(3) == null ? defaultPort(scheme) : Integer.parseInt(parts.group(3));
    return new Origin(scheme, parts.group(2), port);
  }

  /**
   * Whether this is where the request goes to. That it came by TLS only the proxy knows which ended
   * it, so the schemes are not compared, and one's default port is as good as the other's.
   */
  boolean isOf(HttpServletRequest request) {
    int asked = request.getServerPort();
    boolean isDefault = DEFAULT_PORTS.containsValue(asked);
    return host.equals(Hosts.of(request)) && port == (isDefault ? defaultPort(scheme) : asked);
  }

  private static int defaultPort(String scheme) {
    return DEFAULT_PORTS.getOrDefault(scheme, -1);
  }
}
