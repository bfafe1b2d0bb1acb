package dev.trailcast.ingest.outbox;

/**
 * An activity in the table.
 *
 * @param place where it stands
 * @param activity its JSON, UTF-8
 */
record OutboxRow(Place place, byte[] activity) {
  /**
   * Where a row stands: rows are in order within a transaction, and nearly so in all.
   *
   * @param batch the transaction's: a UUID of version 7, made when it fired first
   * @param number counts those of the transaction from 0
   */
  record Place(String batch, int number) {
    /** Before all. */
    static final Place START = new Place("0", -1); // to Oracle an empty text is none

    @Override
    public String toString() {
      return batch + "/" + number;
    }
  }
}
