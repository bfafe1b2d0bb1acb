/**
 * The load: readers and publishers over HTTP, real connections, every delivery checked.
 *
 * <pre>
 *   Publishers ─► server ─► ReaderLoop ─► Reader: ResponseBody ─► StampScanner
 *        └────────► Feed ◄──────────────────┘ lost? double? in order? how late?
 * </pre>
 *
 * A {@link dev.trailcast.benchmark.load.Run} puts it together. It has to cost little, or it would
 * measure itself: a thread reads for all readers through one buffer, and of each event it looks at
 * a few bytes.
 */
package dev.trailcast.benchmark.load;
