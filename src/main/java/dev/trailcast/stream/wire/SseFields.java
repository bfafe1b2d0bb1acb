package dev.trailcast.stream.wire;

import java.nio.charset.StandardCharsets;

/**
 * The one place where fields of an event stream are written: <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream">HTML,
 * section 9.2.5</a>. Nothing that is given to it can end a line or a frame but by its own hand.
 * Lines end with LF.
 */
final class SseFields {
  private static final byte[] EVENT = ascii("event: ");
  private static final byte[] DATA = ascii("data: ");
  private static final byte[] ID = ascii("id: ");
  private static final byte[] RETRY = ascii("retry: ");
  private static final byte[] COMMENT = ascii(":");
  private static final String HEARTBEAT = "hb";
  private static final byte[] END_OF_LINE = ascii("\n");

  private SseFields() {}

  /** {@code event:}, unless the name is nothing a client could listen to. */
  static void event(WriteBuffer out, String name) {
    String line = oneLine(name);
    if (isListenable(line)) {
      out.put(EVENT).put(line).put(END_OF_LINE);
    }
  }

  /** {@code data:}, one field for each line of the text. */
  static void data(WriteBuffer out, String text) {
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        out.put(DATA).put(text.substring(from, i)).put(END_OF_LINE);
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        from = i + 1;
      }
    }
    out.put(DATA).put(text.substring(from)).put(END_OF_LINE);
  }

  /** {@code data:} with JSON that is known to be on one line. */
  static void json(WriteBuffer out, byte[] json) {
    out.put(DATA).put(json).put(END_OF_LINE);
  }

  /** {@code id:}, always the last field of a frame: a frame that is cut off then has none. */
  static void id(WriteBuffer out, String id) {
    out.put(ID).put(oneLine(id)).put(END_OF_LINE);
  }

  /** {@code retry:} in milliseconds. */
  static void retry(WriteBuffer out, long milliseconds) {
    out.put(RETRY).put(Long.toString(milliseconds)).put(END_OF_LINE);
  }

  /** A comment that says next to nothing. */
  static void heartbeat(WriteBuffer out) {
    comment(out, HEARTBEAT);
  }

  /**
   * Comments, one for each line of the text that is not empty: RESTEasy's client empties the event
   * that follows a bare colon.
   */
  static void comment(WriteBuffer out, String text) {
    text.lines()
        .filter(line -> !line.isEmpty())
        .forEach(line -> out.put(COMMENT).put(line).put(END_OF_LINE));
  }

  /** The blank line that ends a frame. */
  static void end(WriteBuffer out) {
    out.put(END_OF_LINE);
  }

  /**
   * {@code error} and {@code open} would reach the application's own handlers, {@code message} is
   * what an event without a name is.
   */
  private static boolean isListenable(String name) {
    return !name.isEmpty()
        && !name.equals("error")
        && !name.equals("open")
        && !name.equals("message");
  }

  private static String oneLine(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == '\0') {
        return text.replace("\n", "").replace("\r", "").replace("\0", "");
      }
    }
    return text;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
