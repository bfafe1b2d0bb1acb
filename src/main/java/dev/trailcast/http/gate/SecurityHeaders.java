package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/** Tells browsers what they must not do with our answers and our own files. */
final class SecurityHeaders {
  /** As the pages say it themselves, and that nobody may frame them, which a page can't say. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'";

  /** The resource policy is for what pages load without asking by CORS. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "same-origin",
          "X-Content-Type-Options", "nosniff");

  private SecurityHeaders() {}

  static void set(HttpServletResponse response) {
    HEADERS.forEach(response::setHeader);
  }
}
