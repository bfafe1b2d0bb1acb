/**
 * Trailcast: fire a CDI event; every browser that follows the trail sees it: now, in order, once,
 * and still after a cut. This is the way an activity takes:
 *
 * <pre>
 *  CDI Event{@literal <Activity>}     ─┐
 *  POST /api/activities    ─┤
 *  POST /api/notifications ─┼─► ingest ─► journal ──┬──────────► stream ─┬─ GET /api/events
 *  POST /api/v1/…          ─┘  one door   one order │                    ├─ GET /api/activities
 *                                                   │                    └─ GET /api/stats
 *                                                   ├─ apart ─► follow: beans that build something of their own
 *                                                   └─ apart ─► {@literal @}Appended, a CDI event for applications
 * </pre>
 *
 * <dl>
 *   <dt>{@code activity}
 *   <dd>what happened: {@link dev.trailcast.activity.Activity}, its JSON, and who may see what
 *   <dt>{@code journal}
 *   <dd>in which order, and durable: {@link dev.trailcast.journal.Journal}
 *   <dt>{@code container}
 *   <dd>what the container lends: threads
 *   <dt>{@code http}
 *   <dd>what the doors over HTTP share: reading a request, answering, saying no
 *   <dt>{@code security}
 *   <dd>who asks, and what it may
 *   <dt>{@code server}
 *   <dd>what one server does otherwise than expected
 *   <dt>{@code ingest}
 *   <dd>how activities come in: many doors, one intake
 *   <dt>{@code stream}
 *   <dd>how they go out: the stream, pages, and figures
 *   <dt>{@code canary}
 *   <dd>tries the whole way, every few seconds
 *   <dt>{@code admin}
 *   <dd>what administrators do, and the trail of it
 *   <dt>{@code measure}
 *   <dd>what parts count themselves with
 *   <dt>{@code health}, {@code metrics}, {@code telemetry}
 *   <dd>only look; the last is OpenTelemetry, which a server need not have
 *   <dt>{@code config}
 *   <dd>reads MicroProfile Config, alone, and gives each part its settings
 *   <dt>{@code settings}
 *   <dd>how a settings record refuses a value
 * </dl>
 *
 * References go one way, and {@code ArchitectureTest} holds it: {@code activity} ◄ {@code journal}
 * ◄ {@code http} ◄ {@code security}, {@code server} ◄ {@code ingest}, {@code stream} ◄ {@code
 * admin}, {@code health}, {@code metrics}, {@code telemetry}, {@code config}. Of the last row
 * nobody knows anything. What is meant for other applications is said in docs/api.md.
 */
package dev.trailcast;
