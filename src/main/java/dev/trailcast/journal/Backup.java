package dev.trailcast.journal;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A copy of the journal, whole by itself.
 *
 * @param file where it is
 * @param bytes how long that is
 * @param activities how many are in it
 * @param upTo all that was recorded up to there is in it, as far as it is kept, and nothing that
 *     came later
 * @param time when it was begun
 */
public record Backup(Path file, long bytes, long activities, StreamPosition upTo, Instant time) {}
