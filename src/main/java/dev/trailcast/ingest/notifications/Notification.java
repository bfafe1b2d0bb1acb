package dev.trailcast.ingest.notifications;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.RawJson;
import java.util.List;
import java.util.Map;

/**
 * A message to one or more users, and everybody in one or more roles: an activity for them alone,
 * which has the message in its data.
 */
final class Notification {
  /** What it is an activity of, unless it says something else. */
  static final String TYPE = "notification.sent";

  private static final String TO = "to";
  private static final String MESSAGE = "message";
  private static final String AUDIENCE = "audience";
  private static final String DATA = "data";
  private static final String ROLE = "role:";

  private Notification() {}

  /**
   * Reads one.
   *
   * @throws InvalidActivityException if it is none; it is never everyone's by mistake
   */
  static Activity read(String json) {
    Map<String, RawJson> members = RawJson.members(json);
    RawJson to = required(TO, members);
    RawJson message = required(MESSAGE, members);
    refuse(AUDIENCE, "must not be given: to says whom it is for", members);
    refuse(DATA, "must not be given: message says it", members);
    members.putIfAbsent("type", RawJson.ofText(TYPE));
    members.put(AUDIENCE, RawJson.ofText(audience(to)));
    members.put(DATA, RawJson.ofMembers(Map.of(MESSAGE, message)));
    return ActivityReader.read(RawJson.ofMembers(members).toString());
  }

  private static RawJson required(String name, Map<String, RawJson> members) {
    RawJson value = members.remove(name);
    if (value == null) {
      throw InvalidActivityException.of(name, "is required");
    }
    return value;
  }

  private static void refuse(String name, String why, Map<String, RawJson> members) {
    if (members.containsKey(name)) {
      throw InvalidActivityException.of(name, why);
    }
  }

  private static String audience(RawJson to) {
    List<String> names =
        to.string().map(List::of).or(to::strings).filter(Notification::areNames).orElse(List.of());
    if (names.isEmpty()) {
      throw InvalidActivityException.of(
          TO, "must be a list of users' names, and role:NAME; names have no spaces");
    }
    return String.join(" ", names);
  }

  private static boolean areNames(List<String> names) {
    return names.stream()
        .noneMatch(name -> name.isEmpty() || name.indexOf(' ') >= 0 || name.equals(ROLE));
  }
}
