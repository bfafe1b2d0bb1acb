package dev.trailcast.http.gate;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** One request and what a {@link Gate} makes of it, without a server. */
final class Exchange {
  private static final String APPLICATION_PATH = "/api";

  private final String method;
  private final URI address;
  private final String query;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private DispatcherType dispatcher = DispatcherType.REQUEST;
  private String servlet = "dev.trailcast.TrailcastApplication";
  private HttpServletRequest seen;
  private int status;
  private final Map<String, List<String>> answered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /**
   * A request.
   *
   * @param line its method and its address, with scheme and host; what follows a question mark goes
   *     on as it is
   * @param headers names and values, alternately
   */
  Exchange(String line, String... headers) {
    String[] parts = line.split("[ ?]", 3);
    method = parts[0];
    address = URI.create(parts[1]);
    query = parts.length > 2 ? parts[2] : null;
    for (int i = 0; i < headers.length; i += 2) {
      this.headers.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
    }
  }

  /** For a file of ours, not for the application. */
  Exchange forAFile() {
    servlet = "default";
    return this;
  }

  /** It is not what a client asked for, but what has become of that. */
  Exchange dispatchedAs(DispatcherType type) {
    dispatcher = type;
    return this;
  }

  Exchange pass(Gate gate) throws Exception {
    AtomicReference<HttpServletRequest> passed = new AtomicReference<>();
    gate.doFilter(
        request(), response(), (request, response) -> passed.set((HttpServletRequest) request));
    seen = passed.get();
    return this;
  }

  /** The request as it goes on; null if it was answered. */
  HttpServletRequest seen() {
    return seen;
  }

  int status() {
    return status;
  }

  String body() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** The values of one header of the answer, separated by commas; empty if it has none. */
  String header(String name) {
    return String.join(", ", answered.getOrDefault(name, List.of()));
  }

  HttpServletRequest request() {
    HttpServletMapping mapping =
        fake(HttpServletMapping.class, (proxy, asked, arguments) -> servlet);
    String path = address.getRawPath();
    boolean inTheApplication = path.startsWith(APPLICATION_PATH + "/");
    int port = address.getPort() >= 0 ? address.getPort() : "https".equals(scheme()) ? 443 : 80;
    return fake(
        HttpServletRequest.class,
        (proxy, asked, arguments) ->
            switch (asked.getName()) {
              case "getMethod" -> method;
              case "getRequestURI" -> path;
              case "getServletPath" -> inTheApplication ? APPLICATION_PATH : path;
              case "getPathInfo" ->
                  inTheApplication ? path.substring(APPLICATION_PATH.length()) : null;
              case "getQueryString" -> query;
              case "getServerName" -> address.getHost();
              case "getServerPort" -> port;
              case "getDispatcherType" -> dispatcher;
              case "getHttpServletMapping" -> mapping;
              case "getHeaderNames" -> Collections.enumeration(headers.keySet());
              case "getHeaders" -> Collections.enumeration(values((String) arguments[0]));
              case "getHeader" -> values((String) arguments[0]).stream().findFirst().orElse(null);
              default -> throw new UnsupportedOperationException(asked.getName());
            });
  }

  private String scheme() {
    return address.getScheme();
  }

  private List<String> values(String name) {
    return headers.getOrDefault(name, List.of());
  }

  private HttpServletResponse response() {
    ServletOutputStream out =
        new ServletOutputStream() {
          @Override
          public boolean isReady() {
            return true;
          }

          @Override
          public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(int b) {
            body.write(b);
          }
        };
    return fake(
        HttpServletResponse.class,
        (proxy, asked, arguments) -> {
          switch (asked.getName()) {
            case "getOutputStream" -> {
              return out;
            }
            case "setStatus", "sendError" -> status = (int) arguments[0];
            case "setContentType" -> answered.put("Content-Type", List.of((String) arguments[0]));
            case "setHeader" -> answered.put((String) arguments[0], List.of((String) arguments[1]));
            case "addHeader" ->
                answered
                    .computeIfAbsent((String) arguments[0], name -> new ArrayList<>())
                    .add((String) arguments[1]);
            default -> throw new UnsupportedOperationException(asked.getName());
          }
          return null;
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
