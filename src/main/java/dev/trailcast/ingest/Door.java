package dev.trailcast.ingest;

import java.util.Locale;

/** Where activities come in. A label of metrics. */
public enum Door {
  /** {@code POST /api/activities}: one, or an array. */
  HTTP,
  /** The same, as lines. */
  LINES,
  /** {@code POST /api/notifications}. */
  NOTIFICATIONS,
  /** {@code POST /api/v1/…}. */
  SEGMENT,
  /** Beans that fire. */
  BEANS,
  /** What was left in the outbox after its transaction. */
  OUTBOX,
  /** What Trailcast itself puts on record. */
  AUDIT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
