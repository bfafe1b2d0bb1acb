package dev.trailcast.journal.store;

/**
 * How far a store has come.
 *
 * @param floor the last offset that is not kept
 * @param head the last offset that it has come to
 * @param recorded when the newest entry was recorded, in epoch milliseconds
 * @param kept how many entries are kept
 */
record Standing(long floor, long head, long recorded, long kept) {
  /** The last offset that may be told of: a copy may not have come to its floor yet. */
  long end() {
    return Math.max(floor, head);
  }

  /** With so many entries less. */
  Standing without(long entries) {
    return new Standing(floor, head, recorded, kept - entries);
  }
}
