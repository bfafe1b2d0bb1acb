package dev.trailcast.activity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Of which trace something is a part: <a href="https://www.w3.org/TR/trace-context/">W3C Trace
 * Context</a>, as CloudEvents' <a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/distributed-tracing.md">distributed
 * tracing extension</a> keeps it.
 *
 * @param traceparent in the form of version 00
 * @param tracestate what tracing systems add of their own, or null
 */
public record TraceContext(String traceparent, String tracestate) {
  private static final String TRACEPARENT = "traceparent";
  private static final String TRACESTATE = "tracestate";

  /** What a later version has behind it is not known here (3.2.4). */
  private static final Pattern PARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

  private static final int PARENT_LENGTH = 55;
  private static final String VERSION = "00";

  /** So much has to be passed on (3.3.1.5), and an activity should not be made of it. */
  private static final int LONGEST_STATE = 512;

  private static final int MOST_MEMBERS = 32;

  /** A key, and what may stand for it (3.3.1.3). */
  private static final Pattern MEMBER =
      Pattern.compile(
          "[ \\t]*([a-z0-9][a-z0-9_*/@-]{0,255}=[ -+--<>-~]{0,255}[!-+--<>-~])?[ \\t]*");

  /**
   * What the headers of this name say. Where the first is malformed it is none, and where the
   * second is, that is left out, as the specification has it.
   *
   * @param traceparent or null
   * @param tracestate of several headers all, with commas between; or null
   */
  public static Optional<TraceContext> of(String traceparent, String tracestate) {
    if (traceparent == null || !PARENT.matcher(traceparent).matches()) {
      return Optional.empty();
    }
    String version = traceparent.substring(0, VERSION.length());
    if (version.equals(VERSION) && traceparent.length() != PARENT_LENGTH) {
      return Optional.empty();
    }
    String parent = VERSION + traceparent.substring(VERSION.length(), PARENT_LENGTH);
    return Optional.of(new TraceContext(parent, isAllowed(tracestate) ? tidy(tracestate) : null));
  }

  /** Without the white space between members, which may be tabs: no attribute has these. */
  private static String tidy(String tracestate) {
    return tracestate.replaceAll("[ \\t]*,[ \\t]*", ",").strip();
  }

  private static boolean isAllowed(String tracestate) {
    if (tracestate == null || tracestate.isBlank() || tracestate.length() > LONGEST_STATE) {
      return false;
    }
    String[] members = tracestate.split(",", -1);
    if (members.length > MOST_MEMBERS) {
      return false;
    }
    for (String member : members) {
      if (!MEMBER.matcher(member).matches()) {
        return false;
      }
    }
    return true;
  }

  /** What an activity says itself; empty where it says nothing, or what is none. */
  public static Optional<TraceContext> of(Activity activity) {
    return activity.extensions().get(TRACEPARENT) instanceof String parent
        ? of(parent, activity.extensions().get(TRACESTATE) instanceof String state ? state : null)
        : Optional.empty();
  }

  /** The activity as a part of this trace; as it is where it says itself of which it is. */
  public Activity addTo(Activity activity) {
    if (activity.extensions().containsKey(TRACEPARENT)
        || activity.extensions().containsKey(TRACESTATE)) {
      return activity;
    }
    Activity traced = activity.withExtension(TRACEPARENT, traceparent);
    return tracestate == null ? traced : traced.withExtension(TRACESTATE, tracestate);
  }
}
