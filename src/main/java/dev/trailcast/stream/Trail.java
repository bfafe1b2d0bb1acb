package dev.trailcast.stream;

/**
 * What all readers follow.
 *
 * @param tail the newest entries
 * @param history what is older
 * @param compression packs what goes to many
 */
record Trail(Tail tail, History history, Compression compression) {}
