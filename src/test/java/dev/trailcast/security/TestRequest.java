package dev.trailcast.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Set;

/**
 * A request as far as it says who sends it.
 *
 * @param principal as the server knows it, or null
 * @param roles that the server knows it is in
 * @param authorization the header, or null
 * @param cookie that it brings, or null
 * @param query of its address, or null
 */
record TestRequest(
    Principal principal, Set<String> roles, String authorization, Cookie cookie, String query) {
  /** Nobody's. */
  static final TestRequest NOBODYS = new TestRequest(null, Set.of(), null, null, null);

  static TestRequest authorized(String authorization) {
    return new TestRequest(null, Set.of(), authorization, null, null);
  }

  static TestRequest loggedIn(String name, String... roles) {
    return new TestRequest(() -> name, Set.of(roles), null, null, null);
  }

  static TestRequest knownBy(Principal principal) {
    return new TestRequest(principal, Set.of(), null, null, null);
  }

  static TestRequest withCookie(String name, String value) {
    return new TestRequest(null, Set.of(), null, new Cookie(name, value), null);
  }

  static TestRequest asking(String query) {
    return new TestRequest(null, Set.of(), null, null, query);
  }

  TestRequest withAuthorization(String header) {
    return new TestRequest(principal, roles, header, cookie, query);
  }

  HttpServletRequest toServlet() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            TestRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getUserPrincipal" -> principal;
                  case "isUserInRole" -> roles.contains(arguments[0]);
                  case "getHeader" ->
                      "Authorization".equalsIgnoreCase((String) arguments[0])
                          ? authorization
                          : null;
                  case "getCookies" -> cookie == null ? null : new Cookie[] {cookie};
                  case "getSession" -> null;
                  case "getQueryString" -> query;
                  case "getRequestURI" -> "/api/events";
                  case "getRemoteAddr" -> "10.0.0.1";
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
