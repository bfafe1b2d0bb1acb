package dev.trailcast.ingest.cloudevents;

import dev.trailcast.activity.ActivityReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** In which way a request brings CloudEvents, or that it does not. */
public enum ContentMode {
  /** No CloudEvents, as far as one can tell. */
  NONE,
  /** The body is the data of one, and its attributes are headers. */
  BINARY,
  /** The body is one, or a batch of them, in the format that its type names. */
  STRUCTURED;

  /** One event, in the JSON format. */
  public static final String EVENT = "application/cloudevents+json";

  /** Any number of events, in the JSON format. */
  public static final String BATCH = "application/cloudevents-batch+json";

  private static final String FORMATS = "application/cloudevents"; // all of them begin so

  /**
   * Goes by the type of the body, as the binding says (3), and then by the headers that every event
   * in binary mode has: one of them is enough, for what is meant as an event must not be taken for
   * something else because it lacks another.
   */
  public static ContentMode of(HttpServletRequest request) {
    String type = request.getContentType();
    if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORMATS)) {
      return STRUCTURED;
    }
    boolean binary =
        ActivityReader.REQUIRED.stream()
            .anyMatch(name -> request.getHeader(BinaryMode.PREFIX + name) != null);
    return binary ? BINARY : NONE;
  }
}
