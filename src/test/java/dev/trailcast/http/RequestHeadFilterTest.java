package dev.trailcast.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestHeadFilterTest {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final Map<String, Object> answered = new TreeMap<>();

  @Test
  void letsTheRuntimeSeeWhatBothReadAlike() throws Exception {
    HttpServletRequest seen =
        filtered(
            "subject={a}",
            Map.of(
                "Accept", List.of(",text/event-stream; charset=utf-8", "*;q=.2"),
                "Accept-Language", List.of(";q=%%"),
                "Last-Event-ID", List.of("k3f9-1")));

    assertThat(seen.getQueryString()).isEqualTo("subject=%7Ba%7D");
    assertThat(Collections.list(seen.getHeaders("accept")))
        .containsExactly("text/event-stream, */*;q=.2");
    assertThat(seen.getHeader("CONTENT-TYPE")).isEqualTo("application/octet-stream");
    assertThat(seen.getContentType()).isEqualTo("application/octet-stream");
    assertThat(seen.getHeader("accept-language")).isNull();
    assertThat(seen.getHeaders("accept-language").hasMoreElements()).isFalse();
    assertThat(seen.getHeader("last-event-id")).isEqualTo("k3f9-1");
    assertThat(Collections.list(seen.getHeaderNames()))
        .containsExactlyInAnyOrder("Accept", "Content-Type", "Last-Event-ID");
    assertThat(answered).isEmpty();
  }

  @Test
  void answersItselfWhatNoRuntimeShallSee() throws Exception {
    assertThat(filtered("actor=%", Map.of())).isNull();
    assertThat(answered)
        .containsEntry("setStatus", 400)
        .containsEntry("setContentType", "application/problem+json");
    assertThat(body.toString(StandardCharsets.UTF_8)).contains("\"detail\":\"In a query ");
  }

  private HttpServletRequest filtered(String query, Map<String, List<String>> headers)
      throws Exception {
    AtomicReference<HttpServletRequest> seen = new AtomicReference<>();
    FilterChain chain = (request, response) -> seen.set((HttpServletRequest) request);
    new RequestHeadFilter().doFilter(request(query, headers), response(), chain);
    return seen.get();
  }

  private static HttpServletRequest request(String query, Map<String, List<String>> headers) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return fake(
        HttpServletRequest.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getRequestURI" -> "/api/events";
              case "getQueryString" -> query;
              case "getHeaderNames" -> Collections.enumeration(headers.keySet());
              case "getHeaders" ->
                  Collections.enumeration(all.getOrDefault((String) arguments[0], List.of()));
              case "getHeader" ->
                  all.getOrDefault((String) arguments[0], List.of()).stream()
                      .findFirst()
                      .orElse(null);
              default -> throw new UnsupportedOperationException(method.getName());
            });
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
        (proxy, method, arguments) -> {
          if (method.getName().equals("getOutputStream")) {
            return out;
          }
          answered.put(method.getName(), arguments[0]);
          return null;
        });
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
