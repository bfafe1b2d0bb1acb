package dev.trailcast.stream.wire;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The connection that a stream goes through, as the kernel tells it from others on this machine.
 *
 * @param remote the address where it goes, as {@link java.net.InetAddress#getHostAddress} writes it
 * @param remotePort the other side's port
 * @param localPort ours
 */
public record Connection(String remote, int remotePort, int localPort) {
  /** Of nobody who could go away. */
  public static final Connection NONE = new Connection("", 0, 0);

  /** The one that a request came through; to be asked on the request's own thread. */
  public static Connection of(HttpServletRequest request) {
    return new Connection(request.getRemoteAddr(), request.getRemotePort(), request.getLocalPort());
  }
}
