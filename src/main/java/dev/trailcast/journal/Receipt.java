package dev.trailcast.journal;

/**
 * What the journal answers for an activity once it is durable.
 *
 * @param position where it stands: its first place if it had been recorded before
 * @param duplicate whether it had been recorded before, by id and source
 */
public record Receipt(StreamPosition position, boolean duplicate) {}
