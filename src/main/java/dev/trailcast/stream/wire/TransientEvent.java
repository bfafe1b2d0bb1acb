package dev.trailcast.stream.wire;

import dev.trailcast.activity.RawJson;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.nio.charset.StandardCharsets;

/**
 * An event that the application sends, to whoever is connected or to one of them. It is not
 * recorded and has no id, so nobody can come back to it.
 */
public final class TransientEvent implements Encoded {
  private final OutboundSseEvent event;
  private final byte[] sse;
  private final byte[] line;

  /**
   * Encodes an event. Its data is text, or bound to JSON where it is anything else; its id is left
   * out, for ids are positions.
   */
  public TransientEvent(OutboundSseEvent event) {
    this.event = event;
    String text = text(event.getData());
    this.sse = sse(event, text);
    this.line = line(event, text);
  }

  @Override
  public int bytes() {
    return sse.length + line.length;
  }

  @Override
  public void writeSse(WriteBuffer out, boolean named) {
    out.put(sse);
  }

  @Override
  public void writeLine(WriteBuffer out) {
    out.put(line);
  }

  @Override
  public OutboundSseEvent event() {
    return event;
  }

  private static byte[] sse(OutboundSseEvent event, String text) {
    WriteBuffer out = new WriteBuffer();
    if (event.getComment() != null) {
      SseFields.comment(out, event.getComment());
    }
    if (event.isReconnectDelaySet()) {
      SseFields.retry(out, event.getReconnectDelay());
    }
    if (text != null) {
      if (event.getName() != null) {
        SseFields.event(out, event.getName());
      }
      SseFields.data(out, text);
      SseFields.end(out);
    }
    return out.toByteArray();
  }

  private static byte[] line(OutboundSseEvent event, String text) {
    if (text == null) { // comments and delays are of the other format alone
      return new byte[0];
    }
    JsonObjectBuilder json = Json.createObjectBuilder().add("type", "trailcast.broadcast");
    if (event.getName() != null) {
      json.add("name", event.getName());
    }
    RawJson object = RawJson.of(json.add("data", text).build());
    return (object + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Object data) {
    if (data == null) {
      return null;
    }
    if (data instanceof CharSequence || data instanceof Number || data instanceof Boolean) {
      return data.toString();
    }
    if (data instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return RawJson.of(data).toString();
  }
}
