package dev.trailcast.journal;

/** Who makes the order. */
public enum JournalKind {
  /** This node, which is the only one. */
  EMBEDDED,
  /** A topic of Apache Kafka, for any number of nodes. */
  KAFKA
}
