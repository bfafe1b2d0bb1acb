/**
 * {@code GET /api/activities}: the same as the stream, in pages.
 *
 * <pre>
 *   query ─► PageRequest ─► PageCall ─► PageReader ─► a Search, forward or backward
 *                             ▲   │                        │
 *    LongPoll, on the Channel │   ▼                        ▼
 *    of its View, if there is └── PageAnswer ◄──────── ActivityPage
 *    nothing yet                  PageTag, 200 or 304
 * </pre>
 */
package dev.trailcast.stream.pages;
