package dev.trailcast.journal;

/**
 * What the journal answers once an actor's activities are erased.
 *
 * @param count how many they were
 * @param position where the {@link Erasure} stands that tells of it
 */
public record Erased(long count, StreamPosition position) {}
