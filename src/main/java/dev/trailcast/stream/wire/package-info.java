/**
 * What goes over a connection, to the byte.
 *
 * <pre>
 *   JournalEntry ─► RecordedFrame ─┐  Format        WriteBuffer       HttpResponse
 *   broadcast ───► TransientFrame ─┼─► SSE, lines ─► one write ─► (Gzip) ─► servlet's stream
 *   ours ────────► ControlEvent ───┘      └ SseFields
 * </pre>
 *
 * An {@link dev.trailcast.stream.wire.Outlet} is where a reader's stream goes: {@link
 * dev.trailcast.stream.wire.HttpOutlet} over HTTP, {@link dev.trailcast.stream.wire.SinkOutlet}
 * through a sink of the runtime's. {@link dev.trailcast.stream.wire.SseFields} alone writes fields
 * of the event stream. A frame is encoded once, and {@link dev.trailcast.stream.wire.Compression
 * packed} once for all who get it: {@link dev.trailcast.stream.wire.Gzip} puts packed pieces
 * together, for {@link dev.trailcast.stream.wire.Crc32} adds up their checksums.
 */
package dev.trailcast.stream.wire;
