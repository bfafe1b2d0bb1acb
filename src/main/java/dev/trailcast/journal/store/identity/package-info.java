/**
 * What tells an activity that has come before from one that is new.
 *
 * <pre>
 *   EntryStore, in each transaction ─► Identities: which is repeated?
 *                                        ├─ KeptIdentities: one that is kept
 *                                        └─ WindowIdentities: one that came not long before
 *                                             └─► IdentitySlices: the newest offset of each hash
 *                                                   ├─ in memory: OffsetsByHash, BloomFilters of all slices
 *                                                   └─ in the file: slices that are full
 * </pre>
 *
 * Where the order is made here, what is kept is what counts. Where a log gives it, and several have
 * a copy of the log, each has to decide alike, so what each keeps must not matter.
 *
 * <p>A hash is 64 bits of a salted SHA-256 of the id and source ({@link
 * dev.trailcast.journal.store.identity.Identity}).
 */
package dev.trailcast.journal.store.identity;
