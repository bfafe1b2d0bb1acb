package dev.trailcast.activity;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An activity in the form that the binary modes of CloudEvents' protocol bindings carry: its
 * attributes as texts, and its data as bytes of its {@code datacontenttype}. JSON that the activity
 * gives no type has {@code application/json} here, so that others know what it is.
 *
 * @param attributes by their names
 * @param data no bytes where there are none
 */
public record BinaryActivity(Map<String, String> attributes, byte[] data) {
  private static final byte[] NO_DATA = {};

  /**
   * The form of {@code activity}. Nothing where it would not be read back as the same, such as a
   * number among its attributes, which would be a text: only JSON can carry that one.
   */
  public static Optional<BinaryActivity> of(Activity activity) {
    Map<String, String> attributes = attributes(activity);
    if (activity.data() != null) {
      attributes.putIfAbsent(Activity.CONTENT_TYPE, DataContent.ASSUMED);
    }
    return data(activity, DataContent.of(attributes.get(Activity.CONTENT_TYPE)))
        .map(data -> new BinaryActivity(attributes, data))
        .filter(form -> form.tells(activity));
  }

  private static Map<String, String> attributes(Activity activity) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("specversion", "1.0");
    attributes.put("id", activity.id());
    attributes.put("source", activity.source());
    attributes.put("type", activity.type());
    attributes.put("time", Rfc3339.format(activity.time()));
    attributes.put("actor", activity.actor());
    attributes.put("subject", activity.subject());
    if (activity.audience() != null) {
      attributes.put("audience", activity.audience().toString());
    }
    activity.extensions().forEach((name, value) -> attributes.put(name, value.toString()));
    attributes.remove(Activity.DATA_BASE64);
    attributes.values().removeIf(value -> value == null);
    return attributes;
  }

  private static Optional<byte[]> data(Activity activity, DataContent content) {
    if (activity.data() == null) {
      return activity.extensions().get(Activity.DATA_BASE64) instanceof String text
          ? Activity.base64(text)
          : Optional.of(NO_DATA);
    }
    Optional<String> text =
        switch (content) {
          case JSON -> Optional.of(activity.data().toString());
          case TEXT -> activity.data().string();
          case BINARY -> Optional.empty();
        };
    return text.map(data -> data.getBytes(StandardCharsets.UTF_8));
  }

  /** Reading it shows it: whatever might get lost on the way needs no list here. */
  private boolean tells(Activity activity) {
    try {
      return toActivity(Completion.NEW).equals(activity);
    } catch (InvalidActivityException e) {
      return false;
    }
  }

  /**
   * The activity that this is the form of.
   *
   * @throws InvalidActivityException if it is none's
   */
  public Activity toActivity(Completion completion) {
    return ActivityReader.read(this, completion);
  }
}
