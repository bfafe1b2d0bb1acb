/**
 * Who asks, and what it may.
 *
 * <pre>
 *   request ─► Caller: address, name
 *                ├─► ingest: the actor of what names none
 *                └─► stream: a View of what it asks for, and a place among the readers
 *   CurrentCaller ─► ingest: the actor of what a bean fires without one
 * </pre>
 */
package dev.trailcast.security;
