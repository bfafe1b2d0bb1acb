package dev.trailcast.stream.trail;

import dev.trailcast.stream.wire.Compression;

/**
 * What all readers follow.
 *
 * @param tail the newest entries
 * @param history what is older
 * @param compression packs what goes to many
 */
public record Trail(Tail tail, History history, Compression compression) {}
