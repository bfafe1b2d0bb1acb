/**
 * The journal of one node, which makes the order itself.
 *
 * <pre>
 *   append ─► queue.AppendQueue ─► JournalWriter: one thread ─► store.EntryStore
 *                                     │  └─ Commit: the next place for each, next to the one before,
 *                                     │            or the place that it has had
 *                                     ├─► writer.Reach: floor, head ─► store.SqliteReader
 *                                     │        └─► Announcements, on this thread
 *                                     └─► receipts
 * </pre>
 *
 * {@link dev.trailcast.journal.embedded.EmbeddedJournal} puts it together.
 *
 * <p>When an entry is recorded, and which are too old, is said by a {@link
 * dev.trailcast.journal.writer.SteadyClock}. What an actor did is erased by {@link
 * dev.trailcast.journal.writer.Erasures}, a part at a time between two commits.
 *
 * <p><b>Order of things.</b> An entry is committed, then the head covers it, then it is announced,
 * then acknowledged. What is appended at once lies next to each other, and no offset is left out.
 */
package dev.trailcast.journal.embedded;
