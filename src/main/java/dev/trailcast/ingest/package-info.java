/**
 * How activities come in: many doors, and one {@link dev.trailcast.ingest.Intake} behind them all.
 *
 * <pre>
 *   Event&lt;Activity&gt; ──► outbox ───────────────────────────────────────┐
 *   POST ─► ActivitiesResource ┬► Recorder ─► RequestBody               ├─► Intake ─► Journal
 *                              │     ├ one:   HeldBody ─────────────────┤
 *                              │     └ array: HeldBody ─► Elements ─┐   │
 *                              └► lines: Lines ─────────────────────┴► Ingestion
 *                  IngestionAnswer ◄─ Tally ◄───────────────────────────┘
 * </pre>
 *
 * <p>A door has activities that come one by one, or as an array, recorded by {@link
 * dev.trailcast.ingest.Recorder}, and says how one is read. Foreign protocols have rooms of their
 * own, which go the same way: {@code segment}; and so have {@code notifications}.
 *
 * <p>Over HTTP {@link dev.trailcast.ingest.Publishers} lets only so many in at a time, and only so
 * much of what they send into memory; {@link dev.trailcast.ingest.Quotas} say how much each may
 * bring in a time, by a {@link dev.trailcast.ingest.TokenBucket}.
 *
 * <p>Intake checks, completes, encodes once, hands on, and counts. Whoever brings one activity
 * waits until it is durable; an {@link dev.trailcast.ingest.Ingestion} brings any number in
 * constant memory, reading on while the journal writes.
 */
package dev.trailcast.ingest;
