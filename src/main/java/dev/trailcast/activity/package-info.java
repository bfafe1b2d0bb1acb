/**
 * What happened: an {@link dev.trailcast.activity.Activity}, its JSON, and what a reader may ask of
 * it.
 *
 * <pre>
 *   JSON ── ActivityReader ──► Activity ── ActivityWriter ──► EncodedActivity
 *             └ Completion        ▲  └───────────────────────► BinaryActivity
 *                 View = ActivityFilter (asked for) + Viewer (may see, by Audience)
 * </pre>
 *
 * Nothing here knows of a journal, a stream or a server.
 */
package dev.trailcast.activity;
