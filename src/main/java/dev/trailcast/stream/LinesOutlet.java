package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;

/**
 * Lines of JSON ({@code application/x-ndjson}), for programs: each activity with its position,
 * events of ours as objects of their type, a blank line as heartbeat.
 */
final class LinesOutlet implements Outlet {
  private final HttpResponse response;
  private final boolean heartbeatEvents;

  LinesOutlet(HttpResponse response, boolean heartbeatEvents) {
    this.response = response;
    this.heartbeatEvents = heartbeatEvents;
  }

  @Override
  public void opening(WriteBuffer out, StreamPosition position, boolean live) {
    out.put("\n");
    position(out, position, live);
  }

  @Override
  public void frame(WriteBuffer out, Frame frame) {
    frame.writeLine(out);
  }

  @Override
  public void position(WriteBuffer out, StreamPosition position, boolean live) {
    control(out, ControlEvent.POSITION, ControlEvent.live(live), position);
  }

  @Override
  public void conflated(WriteBuffer out, long leftOut) {
    control(out, ControlEvent.CONFLATED, ControlEvent.conflated(leftOut), null);
  }

  @Override
  public void gap(WriteBuffer out, Gap gap) {
    control(out, ControlEvent.GAP, ControlEvent.gap(gap), gap.resumed());
  }

  @Override
  public void heartbeat(WriteBuffer out, Beat beat) {
    if (heartbeatEvents) {
      control(out, ControlEvent.POSITION, ControlEvent.beat(beat), beat.position());
    } else if (beat.moved()) {
      position(out, beat.position(), beat.live());
    } else {
      out.put("\n");
    }
  }

  @Override
  public void closing(WriteBuffer out, CloseReason reason, long retry) {
    control(out, ControlEvent.CLOSING, ControlEvent.closing(reason, retry), null);
  }

  @Override
  public void flush(WriteBuffer out) throws IOException {
    response.write(out);
  }

  @Override
  public Connection connection() {
    return response.connection();
  }

  @Override
  public Format packedFormat() {
    return response.isPacked() ? Format.LINES : null;
  }

  @Override
  public void end(boolean orderly) {
    response.end(orderly);
  }

  private static void control(
      WriteBuffer out, String type, JsonObjectBuilder members, StreamPosition position) {
    JsonObjectBuilder object = ControlEvent.ofType(type).addAll(members);
    if (position != null) {
      object.add("position", position.toString());
    }
    out.put(object.build().toString()).put("\n");
  }
}
