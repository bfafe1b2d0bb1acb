package dev.trailcast.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Tells browsers what they must not do with our answers and our own files. In somebody else's WAR
 * it is for these alone; the web.xml of the WAR that stands alone has it for all.
 */
@WebFilter(
    filterName = SecurityHeaders.NAME,
    servletNames = TrailcastApi.APPLICATION,
    urlPatterns = {"/trailcast/*", "/trailcast.html", "/trailcast.js", "/trailcast.d.ts"},
    asyncSupported = true)
public class SecurityHeaders extends HttpFilter {
  static final String NAME = "trailcast-security-headers";

  private static final long serialVersionUID = 1;

  /** As the pages say it themselves, and that nobody may frame them, which a page can't say. */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'";

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy", CONTENT_SECURITY_POLICY,
          "Cross-Origin-Opener-Policy", "same-origin",
          "Referrer-Policy", "same-origin",
          "X-Content-Type-Options", "nosniff");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HEADERS.forEach(response::setHeader);
    chain.doFilter(request, response);
  }
}
