package dev.trailcast.stream.wire;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.SseEvent;
import java.lang.reflect.Type;

/**
 * An event of text for a sink of the runtime's, which takes any {@link OutboundSseEvent}.
 *
 * @param name the event's name, or null
 * @param id its id, or null
 * @param data its data; null makes it a comment, which only shows whether the reader is still there
 */
public record PlainSseEvent(String name, String id, String data) implements OutboundSseEvent {
  public static final PlainSseEvent HEARTBEAT = new PlainSseEvent(null, null, null);

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public String getData() {
    return data;
  }

  @Override
  public String getComment() {
    return data == null ? "hb" : null; // never without text: see SseFields.comment
  }

  @Override
  public Class<?> getType() {
    return data == null ? null : String.class; // Jersey would write a body of this type
  }

  @Override
  public Type getGenericType() {
    return getType();
  }

  @Override
  public MediaType getMediaType() {
    return MediaType.TEXT_PLAIN_TYPE;
  }

  @Override
  public long getReconnectDelay() {
    return SseEvent.RECONNECT_NOT_SET;
  }

  @Override
  public boolean isReconnectDelaySet() {
    return false;
  }
}
