/**
 * Who asks, and what it may.
 *
 * <pre>
 *   request ─► Callers ─┬─ HostTokens: the server's own MicroProfile JWT ─┬─► Identity
 *                       ├─ Tokens: bearer or cookie, by PublishedKeys ────┤      │ Access: Grants
 *                       ├─ Tickets ───────────────────────────────────────┤      ▼ with a Bound
 *                       └─ the host's log-in ─────────────────────────────┘    Rights
 *                                                                                │
 *   Caller: address, name, roles, rights, until, session ◄────────────────────────────────┘
 *     ├─► ingest: whether it may record that, and the actor of what names none
 *     └─► stream: a View of what it asks for, and a place among the readers
 *   KeyHolders: by one of the WriteKeys ─► Caller, nobody, with what is granted to the key
 *   SessionListener ─► Sessions: who stays in one is told that it has ended
 *   CurrentCaller ─► ingest: the actor of what a bean fires without one
 *                 ─► stream: for whom a bean asks for a page
 * </pre>
 *
 * <p>A {@link dev.trailcast.security.Grant} says in the configuration who has a {@link
 * dev.trailcast.security.Right}; the claim of a token says itself what its bearer has. Each may
 * have a {@link dev.trailcast.security.Bound}. Whoever has no right is told by a {@link
 * dev.trailcast.security.Refusal}.
 */
package dev.trailcast.security;
