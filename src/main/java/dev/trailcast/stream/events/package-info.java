/**
 * {@code GET /api/events}: the stream.
 *
 * <pre>
 *   query ─► StreamRequest ─┬─ filter ──────► View
 *                           └─ StartingPoint ► Place ─► TrailFeed ─► Readers.follow
 * </pre>
 */
package dev.trailcast.stream.events;
