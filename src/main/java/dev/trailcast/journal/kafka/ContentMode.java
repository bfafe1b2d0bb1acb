package dev.trailcast.journal.kafka;

/** In which way an activity stands in a record: CloudEvents 1.0.2, section 2. */
public enum ContentMode {
  /** The value is the activity as JSON, the same that readers get. */
  STRUCTURED,
  /** The value is the data, and the attributes are headers. */
  BINARY;

  static final String EVENT = "application/cloudevents+json";

  /** What the types of all formats of structured mode begin with. */
  static final String FORMATS = "application/cloudevents";

  static final String CONTENT_TYPE = "content-type";
  static final String PREFIX = "ce_";
}
