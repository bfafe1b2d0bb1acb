/**
 * What is asked of a request before the runtime sees it, by its head alone.
 *
 * <pre>
 *   request ─► Gate ─┬─ SecurityHeaders  what browsers must not do with the answer
 *                    ├─ Doors            what is there at all
 *                    ├─ RequestHead      whether both runtimes can read it
 *                    ├─ AllowedHosts     whom it is for: us?
 *                    ├─ CrossOrigin      whose page asks: ours, or one of AllowedOrigins?
 *                    ▼                   └ no to any of these: a Problem
 *        WebHooks ─► PlainRequest ─► the runtime
 * </pre>
 */
package dev.trailcast.http.gate;
