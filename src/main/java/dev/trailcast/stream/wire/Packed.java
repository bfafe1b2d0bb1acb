package dev.trailcast.stream.wire;

/**
 * A piece of a stream as gzip takes it: independent of what comes before it and ended on a byte, so
 * that it can be put into any number of streams.
 *
 * @param blocks as they go out (RFC 1951)
 * @param crc of the bytes as they were
 * @param shift of their length, see {@link Crc32}
 * @param length of the bytes as they were
 */
public record Packed(byte[] blocks, int crc, int shift, int length) {}
