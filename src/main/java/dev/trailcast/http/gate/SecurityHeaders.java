package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells browsers what they must not do with what they get. A server keeps the headers of a stream
 * for as long as it lives: so an answer has no more of them than can be of use.
 */
enum SecurityHeaders {
  /** Of the application's answers, none of which is a page: nothing is loaded or run by it. */
  OF_ANSWERS("default-src 'none'; frame-ancestors 'none'", Map.of()),

  /** Of our own files: as the pages say it themselves, and that nobody may frame them. */
  OF_FILES(
      "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'",
      Map.of("Cross-Origin-Opener-Policy", "same-origin", "Referrer-Policy", "same-origin"));

  private final Map<String, String> headers;

  /**
   * @param contentPolicy what may be loaded, and run
   * @param ofPages what is said of pages alone
   */
  SecurityHeaders(String contentPolicy, Map<String, String> ofPages) {
    Map<String, String> all = new HashMap<>(ofPages);
    all.put("Content-Security-Policy", contentPolicy);
    all.put("Cross-Origin-Resource-Policy", "same-origin"); // whoever asks without CORS
    all.put("X-Content-Type-Options", "nosniff");
    headers = Map.copyOf(all);
  }

  void set(HttpServletResponse response) {
    headers.forEach(response::setHeader);
  }
}
