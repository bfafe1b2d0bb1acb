package dev.trailcast.journal.store.identity;

/**
 * What one activity is told from all others by.
 *
 * @param hash of both, of which each bit is as good as random
 */
public record Identity(String id, String source, long hash) {}
