package dev.trailcast.ingest.cloudevents;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request that has headers, and nothing else. */
final class TestRequest {
  private TestRequest() {}

  /**
   * @param headers names and values, alternately
   */
  static HttpServletRequest with(String... headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 0; i < headers.length; i += 2) {
      all.computeIfAbsent(headers[i], name -> new ArrayList<>()).add(headers[i + 1]);
    }
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HttpServletRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (request, method, arguments) ->
                switch (method.getName()) {
                  case "getHeader" -> first(all, (String) arguments[0]);
                  case "getContentType" -> first(all, "Content-Type");
                  case "getHeaders" ->
                      Collections.enumeration(all.getOrDefault((String) arguments[0], List.of()));
                  case "getHeaderNames" -> Collections.enumeration(all.keySet());
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static String first(Map<String, List<String>> headers, String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
  }
}
