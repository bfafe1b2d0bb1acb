package dev.trailcast.ingest;

/**
 * Whether the server traces.
 *
 * @param on whether its spans go anywhere
 */
public record TracingSettings(boolean on) {}
