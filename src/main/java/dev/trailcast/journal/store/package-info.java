/**
 * What a node keeps on its disk: entries in a SQLite file, written by one thread, read by any
 * number.
 *
 * <pre>
 *   one thread                                       any thread
 *       │ commit: entries with their places               │ read, newest, before, newestOfEach
 *       ▼                                                 ▼
 *   EntryStore ─────────► Database ◄───────────────  SqliteReader ◄── Extent: how far may be read
 *       ▲              a file; Schema                 ├─ ReaderPool, EntryReader
 *       │ the floor   its log: reading goes on        └─ ViewCondition: a view as SQL
 *     Expiry          while it is written
 *       └─ Retention
 * </pre>
 *
 * It is given entries that have their places, with holes between them or not; it says which repeat
 * others, by id and source, lets go of the oldest, and says how far it reaches. What has come
 * before is known by the {@link dev.trailcast.journal.store.identity.Identities} that it keeps
 * beside the entries. Nobody else may open the directory meanwhile ({@link
 * dev.trailcast.journal.store.DirectoryLock}); what an exception of SQLite's means is said by
 * {@link dev.trailcast.journal.store.SqliteFault}.
 *
 * <p>There are two kinds ({@link dev.trailcast.journal.store.StoreKind}). In an original the order
 * is its own ({@link dev.trailcast.journal.store.OwnOrder}): what it keeps is nowhere else, and
 * what it does not keep it knows nothing of. A copy follows the order of a log ({@link
 * dev.trailcast.journal.store.LogOrder}), with its history and its eras; what is repeated there is
 * told by what came in a window before, kept or not; what the log has erased is noted until it is
 * done here ({@link dev.trailcast.journal.store.UnappliedErasures}). A copy can be begun anew at
 * any time, in a new file.
 *
 * <p>Files can be changed behind its back. While they are open, an {@link
 * dev.trailcast.journal.store.OpenFile} notices that the path leads to another one; when they are
 * opened, the {@link dev.trailcast.journal.store.Seal} tells whether they are as they were left, or
 * an older copy. They are {@link dev.trailcast.journal.store.PrivateFiles}.
 *
 * <p>{@link dev.trailcast.journal.store.StoreBackups} copies an original into a file of the same
 * kind, while it is written or, by {@link dev.trailcast.journal.store.BackupCommand}, while no
 * server has it.
 *
 * <p>What those who follow the journal keep lies there as well, in {@link
 * dev.trailcast.journal.store.BookmarkFiles}.
 *
 * <p>What is erased is not to be found in the files: SQLite overwrites what is deleted, and what
 * {@link dev.trailcast.journal.store.Remains} are left in the {@link
 * dev.trailcast.journal.store.WriteAheadLog} and in {@link dev.trailcast.journal.store.PageGaps} is
 * overwritten then.
 *
 * <p><b>Order of things.</b> Whoever writes keeps to this: an entry is committed, then the head of
 * the {@link dev.trailcast.journal.Extent} that readers go by covers it; a reader never reads
 * beyond the head. On the other side the floor rises first, and only then the entries below it are
 * deleted; a reader looks at the floor after it has read. So it never takes a piece that has just
 * been deleted for a piece that is empty.
 */
package dev.trailcast.journal.store;
