/**
 * What all readers follow: the newest entries, encoded, and what is older.
 *
 * <pre>
 *   announced ─► TailFiller ─► Tail: FrameRing ◄─ Channel for each View ◄─ Cursor of each reader
 *                     ▲   │ Lag                      │ wakes: Follower
 *   JournalReader ────┴──► History: pages for all who are behind
 *
 *   StartingPoint (asked for) ─► Search ─► Place (where that is now)
 *                                   ▲
 *                                Searches: a few at a time, each up to a bound
 * </pre>
 *
 * A {@link dev.trailcast.stream.trail.Channel} refers to the tail's frames of one view, for all
 * readers who have it; it knows from which offset on it is complete. An entry finds its channels by
 * {@link dev.trailcast.stream.trail.ChannelIndex}, a page's frames are found by {@link
 * dev.trailcast.stream.trail.FrameIndex}. A {@link dev.trailcast.stream.trail.Segment} is a stretch
 * of a channel, packed once; {@link dev.trailcast.stream.trail.KeptSegments} bounds how many are
 * kept.
 *
 * <p>Threads: the filler's adds frames and wakes followers; history's and the searches' read the
 * journal; a cursor belongs to whoever serves its reader.
 */
package dev.trailcast.stream.trail;
