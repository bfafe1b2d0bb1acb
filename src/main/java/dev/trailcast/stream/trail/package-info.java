/**
 * What all readers follow: the newest entries, encoded, and what is older.
 *
 * <pre>
 *   announced ─► TailFiller ─► Tail: FrameRing ◄─ Channels ◄─ Cursor of each reader
 *                     ▲   │ Lag        PublicChannel: filter, scope     │ wakes: Follower
 *                     │   │            Channel: a user, a role
 *   JournalReader ────┴──► History: pages for all who are behind
 *
 *   StartingPoint (asked for) ─► Search ─► Place (where that is now)
 *                                   ▲
 *                                Searches: a few at a time, each up to a bound
 * </pre>
 *
 * A {@link dev.trailcast.stream.trail.Channel} refers to those of the tail's frames that some
 * readers share, and knows from which offset on it is complete. What is public is shared by all who
 * ask alike, whoever they are; what has an audience lies beside it, by user and by role; a {@link
 * dev.trailcast.stream.trail.Cursor} reads its reader's channels together, in the tail's order. An
 * entry finds the public ones by {@link dev.trailcast.stream.trail.ChannelIndex}, a page's frames
 * are found by {@link dev.trailcast.stream.trail.FrameIndex}. A {@link
 * dev.trailcast.stream.trail.Segment} is a stretch of a public channel, packed once; {@link
 * dev.trailcast.stream.trail.KeptSegments} bounds how many are kept.
 *
 * <p>A position that is told by itself is never beyond the reader's {@link
 * dev.trailcast.stream.trail.Horizon}: it would betray what the reader may not see.
 *
 * <p>Threads: the filler's adds frames and wakes followers; history's and the searches' read the
 * journal; a cursor belongs to whoever serves its reader.
 */
package dev.trailcast.stream.trail;
