/**
 * The journal on SQLite: one file, one thread that writes it, any number that read.
 *
 * <pre>
 *   append ─► AppendQueue ─► JournalWriter ───────► EntryStore ─► journal.db
 *               bounded      one thread             a commit for many  │ write-ahead log: reading
 *                              │    └─ Expiry: the oldest go           │ goes on while it is written
 *                              ▼                                       ▼
 *                            Extent: floor, head ─► SqliteReader ◄─ ReaderPool, EntryReader
 *                                                     └─ ViewCondition: a view as SQL
 * </pre>
 *
 * {@link dev.trailcast.journal.embedded.EmbeddedJournal} puts it together. Nobody else may open the
 * directory meanwhile (DirectoryLock); the rules of the file are in Database and Schema.
 *
 * <p><b>Order of things.</b> An entry is committed, then the head of the {@code Extent} covers it,
 * then it is announced, then acknowledged; a reader never reads beyond the head. On the other side
 * the floor rises first, and only then the entries below it are deleted; a reader looks at the
 * floor after it has read. So it never takes a piece that has just been deleted for a piece that is
 * empty.
 */
package dev.trailcast.journal.embedded;
