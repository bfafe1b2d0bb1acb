/**
 * What waits to become durable.
 *
 * <pre>
 *   many: add(Append) ─► AppendQueue: bounded ─► take(): as much as a commit has time for ─► one
 *             ▲              │
 *             │              └─ its door: open, shut for now, closed for good
 *             └───────────────── receipts, or why not
 * </pre>
 *
 * Who takes and what becomes of it then is not known here.
 */
package dev.trailcast.journal.queue;
