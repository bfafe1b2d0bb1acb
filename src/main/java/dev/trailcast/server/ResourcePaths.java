package dev.trailcast.server;

import dev.trailcast.http.TrailcastApi;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Leads from {@code /api/events} to the resource at {@code dev.trailcast/events}. Servers give an
 * application that lists no classes all resources of its WAR; were ours called as they are reached,
 * they would clash with those of the same names there.
 *
 * <p>Jersey takes an annotated interface for a resource, and RESTEasy no other methods than those
 * of where it finds the path, so that a resource can't be hidden from one and found by the other.
 */
@WebFilter(servletNames = TrailcastApi.APPLICATION, asyncSupported = true)
public class ResourcePaths extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new ResourceRequest(request), response);
  }

  /** Both runtimes find a resource by these; neither the query nor anything else is touched. */
  private static final class ResourceRequest extends HttpServletRequestWrapper {
    ResourceRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getRequestURI() {
      return led(new StringBuilder(super.getRequestURI()), 0).toString();
    }

    @Override
    public StringBuffer getRequestURL() {
      StringBuffer url = super.getRequestURL();
      int path = url.length() - super.getRequestURI().length();
      return new StringBuffer(led(new StringBuilder(url), path));
    }

    @Override
    public String getPathInfo() {
      String path = super.getPathInfo();
      return path == null ? null : '/' + TrailcastApi.RESOURCES + path.substring(1);
    }

    /** Whoever writes the application's own path in another way finds nothing. */
    private StringBuilder led(StringBuilder address, int path) {
      String application = getContextPath() + getServletPath() + '/';
      boolean ours = address.indexOf(application, path) == path;
      return ours ? address.insert(path + application.length(), TrailcastApi.RESOURCES) : address;
    }
  }
}
