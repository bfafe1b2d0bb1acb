package dev.trailcast.stream.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client that follows the specification makes of bytes: HTML, section 9.2.6, written down as
 * it stands there. Strict about UTF-8. Not safe for threads.
 */
public final class SseClient {
  /** An event that was dispatched. */
  public record Event(String name, String data, String lastEventId) {
    /** Whether it is one of Trailcast's own. */
    public boolean isControl() {
      return name.startsWith("trailcast.");
    }
  }

  private final List<Event> events = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private byte[] line = new byte[256];
  private int length;
  private boolean afterCarriageReturn;
  private String name = "";
  private StringBuilder data;
  private String idBuffer = "";
  private String lastEventId = "";
  private Long retry;

  /** Takes the next bytes, cut wherever. */
  public void feed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
        continue;
      }
      afterCarriageReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        endOfLine();
      } else {
        if (length == line.length) {
          line = java.util.Arrays.copyOf(line, length * 2);
        }
        line[length++] = b;
      }
    }
  }

  public void feed(byte[] bytes) {
    feed(bytes, 0, bytes.length);
  }

  /** The connection was cut: what is not complete is discarded. The last id is kept. */
  public void reconnect() {
    length = 0;
    afterCarriageReturn = false;
    name = "";
    data = null;
    idBuffer = lastEventId;
  }

  public List<Event> events() {
    return events;
  }

  /** The events that are not Trailcast's own. */
  public List<Event> activities() {
    return events.stream().filter(event -> !event.isControl()).toList();
  }

  /** The control events of this name. */
  public List<Event> controls(String controlName) {
    return events.stream().filter(event -> event.name().equals(controlName)).toList();
  }

  public List<String> comments() {
    return comments;
  }

  public String lastEventId() {
    return lastEventId;
  }

  public Long retry() {
    return retry;
  }

  private void endOfLine() {
    String text = decode(ByteBuffer.wrap(line, 0, length));
    length = 0;
    if (text.isEmpty()) {
      dispatch();
    } else if (text.startsWith(":")) {
      comments.add(text.substring(1));
    } else {
      int colon = text.indexOf(':');
      String field = colon < 0 ? text : text.substring(0, colon);
      String value = colon < 0 ? "" : text.substring(colon + 1);
      field(field, value.startsWith(" ") ? value.substring(1) : value);
    }
  }

  private void field(String field, String value) {
    switch (field) {
      case "event" -> name = value;
      case "data" -> {
        data = data == null ? new StringBuilder() : data;
        data.append(value).append('\n');
      }
      case "id" -> idBuffer = value.indexOf('\0') < 0 ? value : idBuffer;
      case "retry" -> retry = value.matches("[0-9]+") ? Long.valueOf(value) : retry;
      default -> {}
    }
  }

  private void dispatch() {
    lastEventId = idBuffer;
    if (data != null) {
      data.setLength(data.length() - 1);
      events.add(new Event(name.isEmpty() ? "message" : name, data.toString(), lastEventId));
    }
    name = "";
    data = null;
  }

  private static String decode(ByteBuffer bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("The stream is not UTF-8", e);
    }
  }
}
