package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A request as the runtime is to see it, so that both read it alike. */
final class PlainRequest extends HttpServletRequestWrapper {
  private final String query;
  private final Map<String, Optional<String>> headers =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  PlainRequest(HttpServletRequest request, RequestHead head) {
    super(request);
    query = head.plainQuery();
    headers.put(HttpHeaders.ACCEPT, Optional.ofNullable(head.plainAccept()));
    headers.put(HttpHeaders.CONTENT_TYPE, Optional.of(head.plainContentType()));
    headers.put(HttpHeaders.ACCEPT_LANGUAGE, Optional.empty()); // which nobody here reads
  }

  @Override
  public String getQueryString() {
    return query;
  }

  @Override
  public String getContentType() {
    return getHeader(HttpHeaders.CONTENT_TYPE);
  }

  @Override
  public String getHeader(String name) {
    Optional<String> plain = headers.get(name);
    return plain == null ? super.getHeader(name) : plain.orElse(null);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    Optional<String> plain = headers.get(name);
    return plain == null
        ? super.getHeaders(name)
        : Collections.enumeration(plain.stream().toList());
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>();
    Collections.list(super.getHeaderNames()).stream()
        .filter(name -> !headers.containsKey(name))
        .forEach(names::add);
    headers.forEach((name, plain) -> plain.ifPresent(value -> names.add(name)));
    return Collections.enumeration(names);
  }
}
