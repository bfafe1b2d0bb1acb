/**
 * How activities go out: every reader's own way along the one trail of newest entries, and along
 * the journal before that. Here stands only what applications use: {@link
 * dev.trailcast.stream.Broadcaster}, and where the trail is and what is kept of it, {@link
 * dev.trailcast.stream.ActivityTrail}; {@link dev.trailcast.stream.TrailcastPosition} has answers
 * of theirs tell the first.
 *
 * <pre>
 *   GET /api/events      GET /api/activities     GET /api/stats       SseBroadcaster
 *     events               pages                   statistics           Broadcaster
 *        └──────────────────┴──────────┬──────────────┴────────────────────┘
 *                                   delivery         one reader's stream, and everybody who has one
 *                                ┌─────┴─────┐
 *   Announcements ─────────────────► trail       pump      what all follow; threads that write
 *   JournalReader ────► search ────►└─────┬─────┘
 *                                       wire         bytes
 * </pre>
 *
 * <p>Nothing is queued for a reader. Going live, catching up and replay are one loop: a subscriber
 * writes what lies between its cursor and the head, from the tail where it reaches back that far,
 * else from a page of history. So there is no seam to lose or repeat an entry at, and a reader that
 * does not read costs its cursor.
 *
 * <p>Work is shared: a frame is encoded once, a stretch of a channel packed once, a page read once,
 * whoever it is for. An entry finds the channels it concerns by index. Under load each write
 * lingers for company.
 *
 * <p>Beside it all, beans {@code follow} the journal, to build something of their own.
 *
 * <p>References go down in this picture, and never up or across.
 */
package dev.trailcast.stream;
