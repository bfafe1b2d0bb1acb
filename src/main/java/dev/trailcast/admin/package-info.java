/**
 * What administrators do over HTTP, and the trail of it.
 *
 * <pre>
 *   request ─► Administrators: whoever has the right, else a refusal ─┐
 *   ReadersResource: who is here, an end to one ──────────────────────┤
 *   ErasureResource: what an actor did, to be gone ───────────────────┤
 *   BackupResource: a copy of the journal ────────────────────────────┴─► Audit ─► Intake
 * </pre>
 *
 * What is on record is an activity like any other, of a type that nobody else can record, and for
 * administrators alone.
 */
package dev.trailcast.admin;
