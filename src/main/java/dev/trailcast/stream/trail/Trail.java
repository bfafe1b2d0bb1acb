package dev.trailcast.stream.trail;

import dev.trailcast.stream.search.Searches;
import dev.trailcast.stream.wire.Compression;

/**
 * What all readers follow.
 *
 * @param tail the newest entries
 * @param history what is older
 * @param searches find where readers begin, and pages
 * @param lag how far the tail is behind the journal
 * @param compression packs what goes to many
 */
public record Trail(
    Tail tail, History history, Searches searches, Lag lag, Compression compression) {}
