/**
 * The door for beans, {@code Event<Activity>}, and where what transactions fire is kept until it is
 * recorded.
 *
 * <pre>
 *   fire ─► FiredActivities ───────────────────────────────────────────────────────► Intake
 *                │ in a transaction                                                    ▲ ▲
 *                ▼                 after the commit                                    │ │
 *        TransactionActivities ─► Keeping ─────────────────────────────────────────────┘ │
 *                                    │ at once, in the transaction                       │
 *                                    └─► OutboxTable: OutboxRow ◄──────────────── Relay ─┘
 *                                          Product                  deletes, and records what was left
 * </pre>
 *
 * {@link dev.trailcast.ingest.outbox.Outbox} puts it together. Where none is configured, activities
 * are kept in memory.
 *
 * <p><b>Order of things.</b> Rows are committed together with what they tell of; then the
 * activities are recorded; only when these are durable the rows are deleted. So whenever it is that
 * the process dies, what is committed is in the table or in the journal, and in both for a moment:
 * then it is recorded again, which is harmless, for the journal takes an id and source once. Ids
 * are given when an activity is made.
 */
package dev.trailcast.ingest.outbox;
