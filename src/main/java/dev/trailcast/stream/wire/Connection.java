package dev.trailcast.stream.wire;

/**
 * The connection that a stream goes through, as the kernel tells it from others on this machine.
 *
 * @param remote the address where it goes, as {@link java.net.InetAddress#getHostAddress} writes it
 * @param remotePort the other side's port
 * @param localPort ours
 */
public record Connection(String remote, int remotePort, int localPort) {}
