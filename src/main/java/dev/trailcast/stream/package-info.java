/**
 * How activities go out: every reader's own way along the one {@link dev.trailcast.stream.Tail} of
 * newest entries, and along the journal before that.
 *
 * <pre>
 *  {@literal @}Appended ─► Tail (encoded once, as Frames) ─► Channel for each View ─┐ wakes
 *                    ▲                                                    ▼
 *   Journal ─────────┴─► History (pages for all who are behind) ─► Subscriber: a Cursor and an Outlet
 *                                                                         ▲ serve
 *   GET /api/events ─► EventsResource ─► Broadcaster        Pumps: a few threads, one watchdog
 * </pre>
 *
 * <p>Nothing is queued for a reader. Going live, catching up and replay are one loop: a {@link
 * dev.trailcast.stream.Subscriber} writes what lies between its cursor and the head, from the tail
 * where it reaches back that far, else from a page of history. So there is no seam to lose or
 * repeat an entry at, and a reader that does not read costs its cursor.
 *
 * <p>Threads: the tail's adds frames and wakes subscribers; a {@link dev.trailcast.stream.Pump}
 * takes a woken subscriber, and it alone writes to it until it lets go; history's read the journal.
 * A pump that a reader holds in a write is replaced, and that reader is served apart from then on.
 */
package dev.trailcast.stream;
