/**
 * The door for the libraries of Segment's tracking API, and for others that speak it, as they are.
 *
 * <pre>
 *   POST /api/v1/… ─► SegmentResource ─► security: KeyHolders, by the write key
 *                       │ TrackingBody: a batch, or one message; sentAt, writeKey
 *                       ├─► Translation: a message, by its Call ─► an activity
 *                       ├─► Ingestion ─► Intake
 *                       └─ RefusedMessages: what the log says, for a library is told little
 * </pre>
 *
 * <p>docs/segment.md has the mapping, and what each library sends. A batch that was answered 429 or
 * 5xx comes again, in another order and with the same ids; one that was answered 400 never does. So
 * a bad message costs no good one, and each is recorded once.
 */
package dev.trailcast.ingest.segment;
