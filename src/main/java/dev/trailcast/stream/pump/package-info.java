/**
 * The threads that write to readers, and whose turn it is.
 *
 * <pre>
 *   wake ─► Turn ─┬─ together ─► ready ────► Pump, a few ─┐
 *                 │                 ▲         │ held in a write: replaced, and apart from then on
 *                 ├─ in company ─► not due    ▼           ├─► Work.serve
 *                 └─ apart ──────► stalled ─► Pump, more ─┘
 * </pre>
 *
 * A turn stands in one queue once at most, and one pump at a time has it. {@link
 * dev.trailcast.stream.pump.Pumps} has a watchdog that looks every few milliseconds whether a pump
 * is held: on Open Liberty every write is a blocking one, and nothing wakes it before the server's
 * write time-out. Whoever has just come and has more than one write before it waits until it has
 * been seen to read. {@link dev.trailcast.stream.pump.Linger} has writes wait for company while the
 * pumps are busy.
 */
package dev.trailcast.stream.pump;
