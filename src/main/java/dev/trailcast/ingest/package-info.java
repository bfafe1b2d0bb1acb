/**
 * How activities come in: many doors, and one {@link dev.trailcast.ingest.Intake} behind them all.
 *
 * <pre>
 *   Event&lt;Activity&gt; ──► FiredActivities ─────────────────────────────┐
 *                            └ in a transaction: TransactionActivities ┤
 *   POST one ─────────► ActivitiesResource ────────────────────────────┼─► Intake ─► Journal
 *   POST many ────────►      │  RequestBody ─► Lines ─► Ingestion ─────┘
 *                            └─ IngestionAnswer ◄─ Tally ◄─────┘
 * </pre>
 *
 * Intake checks, completes, encodes once, hands on, and counts. Whoever brings one activity waits
 * until it is durable; an {@link dev.trailcast.ingest.Ingestion} brings any number in constant
 * memory, reading on while the journal writes.
 */
package dev.trailcast.ingest;
