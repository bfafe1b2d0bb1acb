package dev.trailcast.stream.pages;

import dev.trailcast.activity.RawJson;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** A page of a view, as it is answered. */
public sealed interface ActivityPage {
  /** Its activities, in their order. */
  List<RecordedFrame> frames();

  /** What history could not give, or null. */
  Gap gap();

  /** Where to ask next; null where nothing is left. */
  StreamPosition next();

  /** Whether nothing lies behind it now. */
  boolean isLast();

  /** Adds what is known of the page behind it. */
  void addNext(JsonObjectBuilder json);

  /**
   * One in journal order.
   *
   * @param upTo how far was looked for it
   * @param next where the next page begins, as far as the reader may be told
   * @param upToDate whether nothing of the reader's lies between there and now
   */
  record Forward(
      List<RecordedFrame> frames,
      StreamPosition upTo,
      StreamPosition next,
      boolean upToDate,
      Gap gap)
      implements ActivityPage {
    @Override
    public void addNext(JsonObjectBuilder json) {
      json.add("next", next.toString()).add("upToDate", upToDate);
    }

    @Override
    public boolean isLast() {
      return upToDate;
    }
  }

  /**
   * One that is newest first.
   *
   * @param next before what the next page, an older one, begins; null where nothing is older
   */
  record Backward(List<RecordedFrame> frames, StreamPosition next, Gap gap)
      implements ActivityPage {
    @Override
    public boolean isLast() {
      return next == null;
    }

    @Override
    public void addNext(JsonObjectBuilder json) {
      if (next != null) {
        json.add("next", next.toString());
      }
    }
  }

  /** Whether it tells anything. */
  default boolean isEmpty() {
    return frames().isEmpty() && gap() == null;
  }

  /** Its JSON. The activities go in as they are kept; all else is none of theirs. */
  default byte[] json() {
    WriteBuffer out = new WriteBuffer();
    out.put("{\"activities\":[");
    String separator = "";
    for (RecordedFrame frame : frames()) {
      out.put(separator);
      frame.writeJson(out);
      separator = ",";
    }
    JsonObjectBuilder rest = ControlEvent.object();
    addNext(rest);
    if (gap() != null) {
      rest.add("gap", ControlEvent.gap(gap()).data());
    }
    String members = RawJson.of(rest.build()).toString();
    out.put("]").put(members.equals("{}") ? "}" : "," + members.substring(1));
    return out.toByteArray();
  }
}
