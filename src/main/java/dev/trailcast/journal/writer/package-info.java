/**
 * What the one thread that writes a node's store needs, whoever makes the order.
 *
 * <pre>
 *   what was committed ─► Reach: floor, head ─► store.SqliteReader
 *                           └─► Announcements, on this thread
 *   what is asked for ──► Erasures, one Erasing after the other, a part between two commits
 *   what an erasure leaves ─► Wiping
 *   the directory ────────► HeldDirectory: nobody else's, whatever is opened and closed in it
 *   the computer's clock ─► SteadyClock: when an entry is recorded, which are too old
 * </pre>
 *
 * None of it makes the order, and none has a thread of its own.
 */
package dev.trailcast.journal.writer;
