/**
 * How activities go out: every reader's own way along the one {@link
 * dev.trailcast.stream.trail.Tail} of newest entries, and along the journal before that.
 *
 * <pre>
 *  {@literal @}Appended ─► Tail (encoded once, as Frames) ─► Channel for each View ─┐ wakes
 *                    ▲                                                    ▼
 *   Journal ─────────┴─► History (Pages for all who are behind) ─► Subscriber: a Feed and an Outlet
 *                                                                    ▲ serve
 *   GET /api/events ─► EventsResource ─► Admission ─► Broadcaster    Pumps ◄─ StallDetector
 *   GET /api/activities ─► PagesResource ─► PageReader, LongPoll (on the Channel of its View)
 *   GET /api/stats ─► StatisticsResource ─► Statistics ─► ActivityCounts of each View
 * </pre>
 *
 * <p>Nothing is queued for a reader. Going live, catching up and replay are one loop: a {@link
 * dev.trailcast.stream.delivery.Subscriber} writes what lies between its {@link
 * dev.trailcast.stream.trail.Cursor} and the head, from the tail where it reaches back that far,
 * else from a {@link dev.trailcast.stream.trail.Page} of history. So there is no seam to lose or
 * repeat an entry at, and a reader that does not read costs its cursor. What a reader gets, and in
 * which order, is its {@link dev.trailcast.stream.delivery.Feed}'s business; when it is written to,
 * the subscriber's.
 *
 * <p>Work is shared: a frame is encoded once, a stretch of a channel packed once ({@link
 * dev.trailcast.stream.trail.Segment}), a page read once, whoever it is for. An entry finds the
 * channels it concerns by index ({@link dev.trailcast.stream.trail.ChannelIndex}), and a page's
 * frames are found by index likewise ({@link dev.trailcast.stream.trail.FrameIndex}). Under load
 * {@link dev.trailcast.stream.Gathering} has each write wait for company.
 *
 * <p>Threads: the tail's adds frames and wakes subscribers; a {@link
 * dev.trailcast.stream.pump.Pump} takes a woken subscriber, and it alone writes to it until it lets
 * go; history's read the journal. A pump that a reader holds in a write is replaced, and that
 * reader is served apart from then on; {@link dev.trailcast.stream.delivery.StallDetector} finds
 * most of them before they hold one. Readers that are gone are found when something is written to
 * them, which {@link dev.trailcast.stream.delivery.Heartbeat} sees to, and {@link
 * dev.trailcast.stream.delivery.VanishDetector} where nothing comes back.
 */
package dev.trailcast.stream;
