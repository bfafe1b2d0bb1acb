package dev.trailcast.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Refuses what a runtime would fail at, and lets it see the rest so that both read it alike. Only
 * for our own application: a host's requests stay as they came.
 */
@WebFilter(servletNames = TrailcastApi.APPLICATION, asyncSupported = true)
public class RequestHeadFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestHead head = RequestHead.of(request);
    Optional<Problem> problem = head.problem();
    if (problem.isPresent()) {
      problem.get().writeTo(response);
    } else {
      chain.doFilter(new PlainRequest(request, head), response);
    }
  }

  private static final class PlainRequest extends HttpServletRequestWrapper {
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
}
