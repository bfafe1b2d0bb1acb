/**
 * In which order, and durable: the port that every journal is behind, in two halves.
 *
 * <pre>
 *   ingest ─► {@link dev.trailcast.journal.Journal}: append(activities) ─► receipts, once it is durable
 *                  │
 *                  │ each gets its {@link dev.trailcast.journal.StreamPosition}
 *                  ▼
 *             {@link dev.trailcast.journal.Announcements} of a {@link dev.trailcast.journal.JournalPage}: after, entries, up to
 *                  │         └─► ObserverNotifier, apart ─► {@literal @}Appended, a CDI event for applications
 *   stream ◄───────┴─ {@link dev.trailcast.journal.JournalReader}: read(after …), newest(…, up to) ─► JournalPage, …
 *                     {@link dev.trailcast.journal.Extent}: floor, head, and where a position lies ─► {@link dev.trailcast.journal.Gap}
 * </pre>
 *
 * That everything was erased that an actor did is an entry as well, an {@link
 * dev.trailcast.journal.Erasure}: whoever goes along the journal is told of it in its place.
 *
 * <p>Whoever follows it, and is to go on there after a restart, keeps where it is in {@link
 * dev.trailcast.journal.Bookmarks}, which lie beside the journal.
 *
 * <p>Where the order is made here, {@link dev.trailcast.journal.Backups} copies it while it runs.
 *
 * <p>Whoever brings activities does not read, and whoever reads them does not bring any; the
 * journal knows neither. Offsets rise and have holes.
 *
 * <dl>
 *   <dt>{@code queue}
 *   <dd>what waits to become durable
 *   <dt>{@code store}
 *   <dd>what a node keeps on its disk, whoever makes the order
 *   <dt>{@code writer}
 *   <dd>what the one thread that writes needs, whoever makes the order
 *   <dt>{@code embedded}
 *   <dd>the journal of one node, which makes the order itself
 *   <dt>{@code kafka}
 *   <dd>the journal of any number of nodes, whose order is that of a topic
 * </dl>
 *
 * {@code queue} and {@code store} know this port and not each other; {@code embedded} puts them
 * together, and from outside nobody but {@code config}, for their settings, knows any of them.
 */
package dev.trailcast.journal;
