package dev.trailcast.journal;

/** Makes copies of the journal while it runs. For any thread. */
public interface Backups {
  /**
   * Makes one, while others record and read. One at a time; it takes as long as it takes to copy
   * the file, and half of that time it rests.
   *
   * @param settings where; they must name a directory
   * @return when it is on the disk, with all that was acknowledged before
   * @throws BackupException if that can't be done, or one is being made already
   */
  Backup make(BackupSettings settings) throws BackupException;
}
