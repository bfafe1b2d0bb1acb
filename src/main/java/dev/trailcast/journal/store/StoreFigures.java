package dev.trailcast.journal.store;

import dev.trailcast.journal.JournalFigures;
import dev.trailcast.measure.Distribution;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** What the store of a database has done, over all times that it was opened. */
final class StoreFigures implements JournalFigures {
  // fixed at birth
  private final Path file;
  private final Path log;

  // safe by themselves
  private final Distribution commitTimes = Distribution.ofWaits();
  private final Distribution commitSizes = Distribution.ofNumbers();
  private final LongAdder expired = new LongAdder();
  private volatile long entries; // written by the thread that writes

  StoreFigures(Path file, Path log) {
    this.file = file;
    this.log = log;
  }

  /** So many entries are kept now. */
  void keeps(long now) {
    entries = now;
  }

  /**
   * Something has been committed.
   *
   * @param nanos how long it took
   */
  void committed(long nanos, long added, long letGo) {
    if (added > 0) {
      commitTimes.record(nanos);
      commitSizes.record(added);
    }
    if (letGo > 0) {
      expired.add(letGo);
    }
  }

  @Override
  public Distribution commitTimes() {
    return commitTimes;
  }

  @Override
  public Distribution commitSizes() {
    return commitSizes;
  }

  @Override
  public long entries() {
    return entries;
  }

  @Override
  public long expired() {
    return expired.sum();
  }

  @Override
  public long bytes() {
    return file.toFile().length();
  }

  @Override
  public long logBytes() {
    return log.toFile().length();
  }
}
