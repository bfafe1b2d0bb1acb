package dev.trailcast.journal;

import dev.trailcast.measure.Distribution;

/** How a node's journal is kept, in figures. Every method may be called by any thread. */
public interface JournalFigures {
  /** How long commits took that have recorded something, the disk included. */
  Distribution commitTimes();

  /** How many entries each of these had. */
  Distribution commitSizes();

  /** How many entries are kept. */
  long entries();

  /** How many entries retention has let go since the start. */
  long expired();

  /** How many bytes the file has on the disk, free room in it included. */
  long bytes();

  /** How many bytes the log has on the disk that what is committed goes into first. */
  long logBytes();
}
