package dev.trailcast.http.gate;

import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What every request passes that is for Trailcast. In somebody else's WAR these are the requests
 * for our application and our own files; the web.xml of the WAR that stands alone has it for all.
 *
 * <p>It is one filter because the order matters and can't be said of filters that find their own
 * way into a WAR.
 */
@WebFilter(
    filterName = Gate.NAME,
    servletNames = TrailcastApi.APPLICATION,
    urlPatterns = {"/trailcast/*", "/trailcast.html", "/trailcast.js", "/trailcast.d.ts"},
    asyncSupported = true)
public class Gate extends HttpFilter {
  static final String NAME = "trailcast-gate";

  private static final long serialVersionUID = 1;
  private static final String CLIENT = "/trailcast/client/";
  private static final String CLIENT_ENTRY = "/trailcast.js";

  @Inject private transient AllowedHosts hosts;
  @Inject private transient AllowedOrigins origins;
  @Inject private transient WebHooks webHooks;
  @Inject private transient Doors doors;

  /** For the server, which injects. */
  public Gate() {}

  Gate(AllowedHosts hosts, AllowedOrigins origins, WebHooks webHooks, Doors doors) {
    this.hosts = hosts;
    this.origins = origins;
    this.webHooks = webHooks;
    this.doors = doors;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    boolean ours =
        TrailcastApi.APPLICATION.equals(request.getHttpServletMapping().getServletName());
    (ours ? SecurityHeaders.OF_ANSWERS : SecurityHeaders.OF_FILES).set(response);
    String path =
        Stream.of(request.getServletPath(), request.getPathInfo())
            .filter(Objects::nonNull)
            .reduce("", String::concat);
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      chain.doFilter(request, response); // it has been here, and been refused perhaps
    } else if (doors.hides(path)) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else if (ours) {
      toTheApplication(request, response, chain);
    } else {
      toAFile(path, request, response, chain);
    }
  }

  private void toTheApplication(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    CrossOrigin page = new CrossOrigin(request, origins);
    RequestHead head = RequestHead.of(request);
    page.grant(response);
    Optional<Problem> refusal = head.problem().or(() -> hosts.refusal(request)).or(page::refusal);
    if (refusal.isPresent()) {
      refusal.get().writeTo(response);
    } else if (page.isPreflight()) {
      page.answerPreflight(response);
    } else {
      if (doors.publish()) {
        webHooks.grant(request, response);
      }
      chain.doFilter(new PlainRequest(request, head), response);
    }
  }

  /** Whoever may ask the application may load its client. Nothing else is anybody's but ours. */
  private void toAFile(
      String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (path.equals(CLIENT_ENTRY) || path.startsWith(CLIENT)) {
      new CrossOrigin(request, origins).grantFile(response);
    }
    Optional<Problem> refusal = hosts.refusal(request);
    if (refusal.isPresent()) {
      refusal.get().writeTo(response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
