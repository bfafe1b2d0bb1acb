package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A request as the runtime is to see it, so that both read it alike. A stream has it for as long as
 * it lives: so it holds no more than it needs.
 */
final class PlainRequest extends HttpServletRequestWrapper {
  /** The headers that are other than they came, and what each is; null where there is none. */
  private static final Map<String, Function<PlainRequest, String>> PLAIN =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    PLAIN.put(HttpHeaders.ACCEPT, request -> request.accept);
    PLAIN.put(HttpHeaders.CONTENT_TYPE, request -> request.contentType);
    PLAIN.put(HttpHeaders.ACCEPT_LANGUAGE, request -> null); // which nobody here reads
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
    Function<PlainRequest, String> plain = PLAIN.get(name);
    return plain == null ? super.getHeader(name) : plain.apply(this);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return PLAIN.containsKey(name)
        ? Collections.enumeration(Stream.ofNullable(getHeader(name)).toList())
        : super.getHeaders(name);
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>();
    Collections.list(super.getHeaderNames()).stream()
        .filter(name -> !PLAIN.containsKey(name))
        .forEach(names::add);
    PLAIN.keySet().stream().filter(name -> getHeader(name) != null).forEach(names::add);
    return Collections.enumeration(names);
  }
}
