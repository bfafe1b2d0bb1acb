package dev.trailcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ResourcePathsTest {
  private static final String SERVER = "http://localhost:9080";

  @Test
  void leadsToTheResourceOfThatName() throws Exception {
    HttpServletRequest led = led("/shop", "/shop/api/events", "/events");

    assertThat(led.getRequestURI()).isEqualTo("/shop/api/dev.trailcast/events");
    assertThat(led.getRequestURL()).hasToString(SERVER + "/shop/api/dev.trailcast/events");
    assertThat(led.getPathInfo()).isEqualTo("/dev.trailcast/events");
  }

  @Test
  void leadsWhereTheContextRootIsTheServers() throws Exception {
    HttpServletRequest led = led("", "/api/a%20b%7B", "/a b{");

    assertThat(led.getRequestURI()).isEqualTo("/api/dev.trailcast/a%20b%7B");
    assertThat(led.getPathInfo()).isEqualTo("/dev.trailcast/a b{");
  }

  @Test
  void leadsNowhereWhereNoResourceIsNamed() throws Exception {
    HttpServletRequest led = led("/shop", "/shop/api", null);

    assertThat(led.getRequestURI()).isEqualTo("/shop/api");
    assertThat(led.getRequestURL()).hasToString(SERVER + "/shop/api");
    assertThat(led.getPathInfo()).isNull();
  }

  private static HttpServletRequest led(String context, String uri, String pathInfo)
      throws Exception {
    AtomicReference<HttpServletRequest> led = new AtomicReference<>();
    new ResourcePaths()
        .doFilter(
            request(context, uri, pathInfo),
            (HttpServletResponse) null,
            (request, response) -> led.set((HttpServletRequest) request));
    return led.get();
  }

  private static HttpServletRequest request(String context, String uri, String pathInfo) {
    Map<String, String> answers =
        Map.of("getContextPath", context, "getServletPath", "/api", "getRequestURI", uri);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ResourcePathsTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getRequestURL" -> new StringBuffer(SERVER + uri);
                  case "getPathInfo" -> pathInfo;
                  default -> answers.get(method.getName());
                });
  }
}
