/**
 * Beans that follow the journal, to build something of their own from it: at least once, in order,
 * and on from where they were.
 *
 * <pre>
 *   ActivityTrail ─► Followers: by name ─► Following: a thread each ─► Projection
 *   Announcements ──► wakes them               ▲   │ tries again, then parks
 *                            JournalReader ────┘   ▼
 *                                              Bookmarks: how far it has come, what is parked
 * </pre>
 *
 * Nothing is queued for them, and none waits for another: each reads on from the journal. What the
 * journal can't give any more it is told of as a gap.
 */
package dev.trailcast.stream.follow;
