package dev.trailcast.it.browser;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds, byte by byte, where the messages of one direction of an HTTP/1.1 connection begin and end.
 * It does not know to which requests responses belong, so HEAD must not be asked. Not for threads
 * to share.
 */
final class MessageScanner {
  private enum Part {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILER
  }

  private static final String END_OF_LINE = "\r\n";
  private static final String EMPTY_LINE = "\r\n\r\n";
  private static final Pattern LENGTH = field("content-length", "(\\d+)");
  private static final Pattern CHUNKED = field("transfer-encoding", "chunked");
  private static final Pattern RESPONSE = Pattern.compile("^HTTP/");
  private static final Pattern BODILESS = Pattern.compile("^HTTP/1.1 (1..|204|304) ");

  private final Consumer<String> heads;
  private final StringBuilder text = new StringBuilder();
  private Part part = Part.HEAD;
  private long left;
  private boolean within;

  /**
   * @param heads is told the start line and the fields of each message
   */
  MessageScanner(Consumer<String> heads) {
    this.heads = heads;
  }

  /** What finds a field with such a value in a head. */
  static Pattern field(String name, String value) {
    return Pattern.compile(
        "^" + name + ":\\s*" + value, Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  }

  /** Whether a message has begun that has not ended. */
  boolean within() {
    return within;
  }

  void scan(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      within = !endsWith((char) (bytes[i] & 0xff));
    }
  }

  /** Whether the message ends with this byte. */
  private boolean endsWith(char octet) {
    switch (part) {
      case HEAD -> {
        return lineEnds(octet, EMPTY_LINE) && endsWithHead(take());
      }
      case BODY -> {
        return --left == 0 && end();
      }
      case CHUNK_SIZE -> {
        if (lineEnds(octet, END_OF_LINE)) {
          beginChunk(Integer.parseInt(take().split("[;\r]")[0].strip(), 16));
        }
      }
      case CHUNK -> {
        if (--left == 0) {
          part = Part.CHUNK_SIZE;
        }
      }
      case TRAILER -> {
        return lineEnds(octet, EMPTY_LINE) && end();
      }
    }
    return false;
  }

  private boolean endsWithHead(String head) {
    heads.accept(head);
    Matcher length = LENGTH.matcher(head);
    if (CHUNKED.matcher(head).find()) {
      part = Part.CHUNK_SIZE;
      return false;
    }
    part = Part.BODY;
    if (length.find()) {
      left = Long.parseLong(length.group(1));
    } else {
      left = RESPONSE.matcher(head).find() ? Long.MAX_VALUE : 0; // until the server closes
    }
    return (left == 0 || BODILESS.matcher(head).find()) && end();
  }

  private void beginChunk(int size) {
    if (size == 0) {
      part = Part.TRAILER;
      text.append(END_OF_LINE); // of the last chunk's size: an empty line may follow at once
    } else {
      part = Part.CHUNK;
      left = size + END_OF_LINE.length();
    }
  }

  private boolean end() {
    part = Part.HEAD;
    text.setLength(0);
    return true;
  }

  private boolean lineEnds(char octet, String end) {
    text.append(octet);
    return text.indexOf(end, text.length() - end.length()) >= 0;
  }

  private String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }
}
