package dev.trailcast.stream.follow;

import dev.trailcast.journal.StreamPosition;
import java.util.Optional;

/**
 * How somebody gets on who follows.
 *
 * @param name under which it follows
 * @param position how far it has come; empty as long as the journal was never open
 * @param behind how many places of the journal it is behind the newest
 * @param isFailing whether it has failed, and not gone on since
 * @param failures how often it has failed since it began to follow
 * @param gaps how many gaps there were since then
 * @param parked how many activities it has gone on without, that are kept for somebody to look at
 */
public record FollowingStatus(
    String name,
    Optional<StreamPosition> position,
    long behind,
    boolean isFailing,
    long failures,
    long gaps,
    int parked) {}
