package dev.trailcast.journal.store;

import org.sqlite.SQLiteConfig.SynchronousMode;

/** What a node's store is to the journal. */
public enum StoreKind {
  /** The order is made here, and what is kept is nowhere else: each commit is synced. */
  ORIGINAL("journal.db", SynchronousMode.FULL, 0x54726169, 6),

  /**
   * A copy of a log that gives the order. It can be made anew, so a commit may be lost, as a whole,
   * where the machine fails.
   */
  COPY("copy.db", SynchronousMode.NORMAL, 0x54726143, 4);

  private final String file;
  private final SynchronousMode synchronous;
  private final int applicationId;
  private final int version;

  StoreKind(String file, SynchronousMode synchronous, int applicationId, int version) {
    this.file = file;
    this.synchronous = synchronous;
    this.applicationId = applicationId;
    this.version = version;
  }

  String file() {
    return file;
  }

  SynchronousMode synchronous() {
    return synchronous;
  }

  /** Marks the file as ours: "Trai" and "TraC". */
  int applicationId() {
    return applicationId;
  }

  /** Of the {@link Schema}: changes with it. */
  int version() {
    return version;
  }
}
