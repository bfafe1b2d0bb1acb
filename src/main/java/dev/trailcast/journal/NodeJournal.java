package dev.trailcast.journal;

/**
 * The journal of a node as a whole: for those who bring activities, and by its other halves for
 * those who read and follow them.
 */
public interface NodeJournal extends Journal, AutoCloseable {
  /** Opens it, or says in {@link #status} why it is not open yet. Once only. */
  void start();

  /** The half that gives activities out. */
  JournalReader reader();

  /** What those who follow it keep beside it. */
  Bookmarks bookmarks();

  /** How it is kept here, in figures. */
  JournalFigures figures();

  /** Writes what is queued, as far as it can be done in time, and lets go of everything. */
  @Override
  void close();
}
