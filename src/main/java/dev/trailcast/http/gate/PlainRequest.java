package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request as the runtime is to see it, so that both read it alike. A stream has it for as long as
 * it lives: so it holds no more than it needs.
 */
final class PlainRequest extends HttpServletRequestWrapper {
  /** The headers that are other than they came. */
  private static final Set<String> PLAIN = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    PLAIN.add(HttpHeaders.ACCEPT);
    PLAIN.add(HttpHeaders.CONTENT_TYPE);
    PLAIN.add(HttpHeaders.ACCEPT_LANGUAGE);
  }

  private final String query;
  private final String accept;
  private final String contentType;

  PlainRequest(HttpServletRequest request, RequestHead head) {
    super(request);
    query = head.plainQuery();
    accept = head.plainAccept();
    contentType = head.plainContentType();
  }

  /** One of those; null where there is none. */
  private String plain(String name) {
    if (name.equalsIgnoreCase(HttpHeaders.ACCEPT)) {
      return accept;
    }
    return name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
        ? contentType
        : null; // the languages, which nobody here reads
  }

  @Override
  public String getQueryString() {
    return query;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public String getHeader(String name) {
    return PLAIN.contains(name) ? plain(name) : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return PLAIN.contains(name)
        ? Collections.enumeration(Optional.ofNullable(plain(name)).stream().toList())
        : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>();
    Collections.list(super.getHeaderNames()).stream()
        .filter(name -> !PLAIN.contains(name))
        .forEach(names::add);
    PLAIN.stream().filter(name -> plain(name) != null).forEach(names::add);
    return Collections.enumeration(names);
  }
}
