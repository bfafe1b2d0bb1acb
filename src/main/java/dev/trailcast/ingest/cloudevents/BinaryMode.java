package dev.trailcast.ingest.cloudevents;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.Completion;
import dev.trailcast.activity.InvalidActivityException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** CloudEvents in binary mode: HTTP protocol binding 1.0.2, section 3.1. */
public final class BinaryMode {
  static final String PREFIX = "ce-";

  private BinaryMode() {}

  /**
   * Reads one.
   *
   * @param request its attributes are headers of it
   * @param data the body
   * @throws InvalidActivityException if it is no CloudEvent, or one that is no activity
   */
  public static Activity read(HttpServletRequest request, byte[] data) {
    Map<String, String> attributes = new HashMap<>();
    for (String header : Collections.list(request.getHeaderNames())) {
      String name = header.toLowerCase(Locale.ROOT);
      if (name.startsWith(PREFIX)) {
        String attribute = name.substring(PREFIX.length());
        attributes.put(attribute, value(attribute, Collections.list(request.getHeaders(header))));
      }
    }
    attributes.remove(
        Activity.CONTENT_TYPE); // it must not be there, and the body's own header counts
    if (data.length > 0 && request.getContentType() != null) {
      attributes.put(Activity.CONTENT_TYPE, request.getContentType());
    }
    return ActivityReader.readCloudEvent(attributes, data, Completion.NEW);
  }

  private static String value(String attribute, List<String> values) {
    if (values.size() > 1) {
      throw InvalidActivityException.of(attribute, "is given twice");
    }
    try {
      return HeaderValue.decode(values.get(0));
    } catch (IllegalArgumentException e) {
      throw InvalidActivityException.of(attribute, e.getMessage());
    }
  }
}
