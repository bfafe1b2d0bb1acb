/**
 * One activity of our own, every few seconds, through the whole way: so that it is known how long
 * that takes, and where it is held up, also while nobody records anything.
 *
 * <pre>
 *   Canary, every few seconds ─► Journal ─► durable ─► announced ─► Tail ─► a pump ─► nowhere
 *     └─ Flight ◄────────────────── receipt ─┘           └── CanaryListener ──┘
 *           └─► health, metrics
 * </pre>
 *
 * It is of the type {@link dev.trailcast.activity.Activity#CANARY}. No journal keeps it: it is
 * written where what is kept is written, but leaves no entry, and in a journal that makes the order
 * itself it takes no place either. So nothing that reads from the journal can come by it, and no
 * reader is woken for it but one, who is nobody.
 */
package dev.trailcast.canary;
