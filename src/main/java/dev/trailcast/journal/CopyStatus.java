package dev.trailcast.journal;

/**
 * How a node's copy of a journal is whose order is given elsewhere.
 *
 * @param behind how many records are not here yet, when it was looked at last
 * @param invalid records that were skipped since the start, for they are no activities
 * @param oversized those that were skipped because they are too large
 * @param refused those that were skipped because the database would not take them
 * @param answering whether those who give the order answered when they were asked last
 */
public record CopyStatus(
    long behind, long invalid, long oversized, long refused, boolean answering) {}
