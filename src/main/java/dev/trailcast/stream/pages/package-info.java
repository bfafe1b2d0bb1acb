/**
 * {@code GET /api/activities}: the same as the stream, in pages.
 *
 * <pre>
 *   query ─► PageRequest ─► PageReader ─► ActivityPage ─► PageAnswer: PageTag, 200 or 304
 *                              ▲  nothing there yet, and it may wait:
 *                              └── LongPoll, on the Channel of its View
 * </pre>
 */
package dev.trailcast.stream.pages;
