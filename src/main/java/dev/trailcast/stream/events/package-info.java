/**
 * {@code GET /api/events}: the stream.
 *
 * <pre>
 *   query ─► StreamRequest ─┬─ filter ──────► View
 *                           └─ StartingPoint ► Search ─► Place ─► TrailFeed ─► Readers.follow
 *                                                 └ if it is not over at once: PlaceCall
 *
 *   GET /api/position ─► PositionResource ─► Horizon     where it is now
 * </pre>
 */
package dev.trailcast.stream.events;
