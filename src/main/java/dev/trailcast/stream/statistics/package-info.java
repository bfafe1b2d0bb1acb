/**
 * {@code GET /api/stats}: what happens, in figures.
 *
 * <pre>
 *   Statistics ─► Figures of each View ─► ActivityCounts: what is for its reader ─┬─► SecondCounts
 *        every second │ wakes                  └► PublicCounts, one for many ───────┘        ▲
 *                     │                                                                 Tail.count
 *                     └─► FiguresFeed of each reader
 * </pre>
 */
package dev.trailcast.stream.statistics;
