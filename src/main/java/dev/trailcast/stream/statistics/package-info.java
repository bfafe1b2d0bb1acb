/**
 * {@code GET /api/stats}: what happens, in figures.
 *
 * <pre>
 *   Statistics ─► Figures of each View ─► ActivityCounts, SecondCounts ◄─ Tail.count
 *        every second │ wakes
 *                     └─► FiguresFeed of each reader
 * </pre>
 */
package dev.trailcast.stream.statistics;
