package dev.trailcast.activity;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes an activity as JSON of the CloudEvents JSON format 1.0.2: compact, on one line, members
 * always in the same order, data last. CR, LF and NUL can't be in it: outside strings there is no
 * white space, inside they are escaped.
 */
final class ActivityWriter {
  private static final int USUAL_LENGTH = 320;

  private ActivityWriter() {}

  static byte[] write(Activity activity) {
    StringBuilder json = new StringBuilder(USUAL_LENGTH);
    json.append("{\"specversion\":\"1.0\"");
    member(json, "id", activity.id());
    member(json, "source", activity.source());
    member(json, "type", activity.type());
    member(json, "time", Rfc3339.format(activity.time()));
    member(json, "actor", activity.actor());
    member(json, "subject", activity.subject());
    if (activity.audience() != null) {
      member(json, "audience", activity.audience().toString());
    }
    for (Map.Entry<String, Object> extension : activity.extensions().entrySet()) {
      if (extension.getValue() instanceof String text) {
        member(json, extension.getKey(), text);
      } else { // a Boolean or an Integer: its text is its JSON
        json.append(",\"").append(extension.getKey()).append("\":").append(extension.getValue());
      }
    }
    if (activity.data() != null) {
      json.append(",\"data\":").append(activity.data());
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void member(StringBuilder json, String name, String value) {
    if (value != null) {
      json.append(",\"").append(name).append("\":");
      JsonText.quote(json, value);
    }
  }
}
