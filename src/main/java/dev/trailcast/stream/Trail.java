package dev.trailcast.stream;

/**
 * What all subscribers follow, and who serves them.
 *
 * @param tail the newest entries
 * @param history what is older
 * @param pumps the threads that write
 * @param compression packs what goes to many
 * @param retry when clients come back
 */
record Trail(Tail tail, History history, Pumps pumps, Compression compression, RetryDelay retry) {}
