package dev.trailcast.http.gate;

import dev.trailcast.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request says before its body, as it came: the runtimes fail at some of it, each at
 * something else, and with an answer of their own.
 *
 * @param path undecoded
 * @param query undecoded, or null
 * @param hosts every {@code Host} header
 * @param accept every {@code Accept} header
 * @param contentTypes every {@code Content-Type} header
 */
record RequestHead(
    String path, String query, List<String> hosts, List<String> accept, List<String> contentTypes) {
  /** What RFC 9110 (8.3) has a body be whose type nobody tells. */
  static final String UNKNOWN_TYPE = "application/octet-stream";

  /**
   * In which the longest filter has a place, though three characters stand for each of its bytes.
   * The servers are configured for somewhat more, so that it is us who refuses.
   */
  static final int MOST_QUERY = 14 * 1024;

  private static final int URI_TOO_LONG = 414;
  private static final String SUB_DELIMITERS = "!$&'()*+,;=";
  private static final String PATH_MARKS = "-._~:@/%" + SUB_DELIMITERS;
  private static final String QUERY_MARKS = PATH_MARKS + "?";
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~%!$&'()*+,;=-]*+)(:[0-9]{0,5})?");

  static RequestHead of(HttpServletRequest request) {
    return new RequestHead(
        request.getRequestURI(),
        request.getQueryString(),
        Collections.list(request.getHeaders(HttpHeaders.HOST)),
        Collections.list(request.getHeaders(HttpHeaders.ACCEPT)),
        Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE)));
  }

  /** Why it is to be refused; empty if it is as it should be. */
  Optional<Problem> problem() {
    try {
      checkAddress();
      if (query != null) {
        if (query.length() > MOST_QUERY) {
          return Optional.of(
              Problem.of(
                  URI_TOO_LONG,
                  "The query must be %d characters at most, not %d."
                      .formatted(MOST_QUERY, query.length())));
        }
        checkQuery();
      }
      plainAccept();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(Problem.badRequest(e.getMessage()));
    }
  }

  private void checkAddress() {
    for (String host : hosts) {
      if (!HOST.matcher(host).matches()) {
        throw new IllegalArgumentException("The Host header must be a host, and perhaps a port.");
      }
    }
    if (!path.chars().allMatch(c -> isLetterOrDigit(c) || PATH_MARKS.indexOf(c) >= 0)) {
      throw new IllegalArgumentException(
          "What is neither a letter, a digit nor one of "
              + PATH_MARKS
              + " must be percent-encoded in a path.");
    }
  }

  private void checkQuery() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c == '%') {
        bytes.write(encodedByte(i));
        i += 2;
      } else if (c > '~') {
        throw new IllegalArgumentException(
            "What is not ASCII must be percent-encoded in a query, as UTF-8.");
      } else {
        bytes.write(c);
      }
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("What is percent-encoded in a query must be UTF-8.", e);
    }
  }

  private int encodedByte(int percent) {
    if (percent + 2 < query.length()) {
      int high = Character.digit(query.charAt(percent + 1), 16);
      int low = Character.digit(query.charAt(percent + 2), 16);
      if (high >= 0 && low >= 0) {
        return high << 4 | low;
      }
    }
    throw new IllegalArgumentException(
        "In a query two hexadecimal digits must follow a %; the character itself is %25.");
  }

  /** The query with everything encoded that should be: browsers send some of it as it is. */
  String plainQuery() {
    if (query == null) {
      return null;
    }
    StringBuilder plain = new StringBuilder(query.length());
    for (char c : query.toCharArray()) {
      if (isLetterOrDigit(c) || QUERY_MARKS.indexOf(c) >= 0) {
        plain.append(c);
      } else {
        plain.append("%%%02X".formatted((int) c));
      }
    }
    return plain.toString();
  }

  /**
   * What is accepted, without what neither runtime needs; null where nothing is said.
   *
   * @throws IllegalArgumentException if it is not as it should be
   */
  String plainAccept() {
    try {
      String plain = MediaRanges.plain(String.join(",", accept));
      return plain.isEmpty() ? null : plain;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The Accept header must be media ranges, such as text/event-stream or application/*;q=0.5,"
              + " separated by commas.",
          e);
    }
  }

  /**
   * What the body is. Where that is not said, or not so that it can be understood, it is unknown.
   */
  String plainContentType() {
    return contentTypes.size() == 1 && MediaRanges.isMediaType(contentTypes.get(0))
        ? contentTypes.get(0)
        : UNKNOWN_TYPE;
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
