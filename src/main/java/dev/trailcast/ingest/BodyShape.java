package dev.trailcast.ingest;

/** What a body is to be that is held in memory until it has come to its end. */
public enum BodyShape {
  /** One activity. */
  ONE,
  /** A JSON array of activities. */
  ARRAY,
  /** What it begins with tells which. */
  ONE_OR_ARRAY,
  /** Several activities, or one, whatever is around them. */
  MANY
}
