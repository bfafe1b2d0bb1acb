/**
 * Trailcast: fire a CDI event; every browser that follows the trail sees it: now, in order, once,
 * and still after a cut. This is the way an activity takes:
 *
 * <pre>
 *  CDI Event{@literal <Activity>} ─┐                                     ┌─ GET /api/events
 *  POST /api/activities ─┼─► ingest ─► journal ─► {@literal @}Appended ─► stream ─┼─ GET /api/activities
 *                        ┘  one door   one order   CDI event         └─ GET /api/stats
 * </pre>
 *
 * <dl>
 *   <dt>{@code activity}
 *   <dd>what happened: {@link dev.trailcast.activity.Activity}, its JSON, and who may see what
 *   <dt>{@code journal}
 *   <dd>in which order, and durable: {@link dev.trailcast.journal.Journal}
 *   <dt>{@code ingest}
 *   <dd>how activities come in: many doors, one intake
 *   <dt>{@code stream}
 *   <dd>how they go out: {@link dev.trailcast.stream.events.EventsResource}, {@link
 *       dev.trailcast.stream.pages.PagesResource}, and figures
 *   <dt>{@code http}
 *   <dd>what the doors over HTTP share: problems as RFC 9457 has them
 *   <dt>{@code health}, {@code metrics}
 *   <dd>only look
 *   <dt>{@code config}
 *   <dd>reads MicroProfile Config, alone, and gives each package its settings
 * </dl>
 *
 * {@code activity} ◄ {@code journal} ◄ {@code ingest}, {@code stream}: nothing depends the other
 * way, and {@code ArchitectureTest} holds it.
 */
package dev.trailcast;
