package dev.trailcast.journal;

/** More is brought than the disk can follow: the bounded queue in front of the writer is full. */
public final class JournalFullException extends JournalException {
  private static final long serialVersionUID = 1L;

  /** What was full, for the log and for whoever is turned away. */
  public JournalFullException(String message) {
    super(message, null);
  }
}
