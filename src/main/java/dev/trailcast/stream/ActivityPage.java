package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * A page of a view, as it is answered.
 *
 * @param frames its activities, in their order
 * @param next where the next page begins; null where there is none
 * @param upToDate whether nothing lies between here and now; null where it goes backwards
 * @param gap what history could not give, or null
 */
record ActivityPage(List<RecordedFrame> frames, StreamPosition next, Boolean upToDate, Gap gap) {
  /** Whether it tells anything. */
  boolean isEmpty() {
    return frames.isEmpty() && gap == null;
  }

  /** Its JSON. The activities go in as they are kept; all else is none of theirs. */
  byte[] json() {
    WriteBuffer out = new WriteBuffer();
    out.put("{\"activities\":[");
    String separator = "";
    for (RecordedFrame frame : frames) {
      out.put(separator);
      frame.writeJson(out);
      separator = ",";
    }
    JsonObjectBuilder rest = ControlEvent.object();
    if (next != null) {
      rest.add("next", next.toString());
    }
    if (upToDate != null) {
      rest.add("upToDate", upToDate);
    }
    if (gap != null) {
      rest.add("gap", ControlEvent.gap(gap));
    }
    String members = rest.build().toString();
    out.put("]").put(members.equals("{}") ? "}" : "," + members.substring(1));
    return out.toByteArray();
  }
}
