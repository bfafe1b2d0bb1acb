/**
 * Who asks, and what it may.
 *
 * <pre>
 *   request ─► Caller: address, name
 *                ├─► ingest: the actor of what names none
 *                └─► stream: a View of what it asks for, and a place among the readers
 * </pre>
 */
package dev.trailcast.security;
