/**
 * In which order, and durable: the {@link dev.trailcast.journal.Journal} gives every activity its
 * {@link dev.trailcast.journal.StreamPosition}, makes it durable, and only then announces it.
 *
 * <pre>
 *   append(activities) ─► bounded queue ─► one writer: a commit for many ─► receipts
 *                                                   │
 *                                                   └─► {@literal @}Appended JournalPage, a CDI event
 *   read(after …) ─► JournalPage, JournalPage, …
 * </pre>
 *
 * The journal knows neither who brings activities nor who reads them.
 */
package dev.trailcast.journal;
