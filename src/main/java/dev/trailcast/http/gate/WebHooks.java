package dev.trailcast.http.gate;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.HttpMethod;

/**
 * Whose web hooks may deliver here: those of hosts that have pages which may ask. A sender asks
 * before it delivers, so that nobody has it flood a server that expects nothing (<a
 * href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md">HTTP 1.1 Web
 * Hooks for Event Delivery 1.0.2</a>, section 4). Who has been told that it may still needs the
 * right to publish. Unchanging.
 *
 * <p>A {@code WebHook-Request-Callback} is never called: whoever asks could have this server call
 * whatever it likes.
 */
public final class WebHooks {
  private static final String DOOR = "/activities";
  private static final int SECONDS_A_MINUTE = 60;

  private final AllowedOrigins origins;
  private final String rate;

  /**
   * @param perSecond how many activities a caller may record, or 0 for any number
   */
  public WebHooks(AllowedOrigins origins, long perSecond) {
    this.origins = origins;
    this.rate = perSecond == 0 ? "*" : Long.toString(perSecond * SECONDS_A_MINUTE);
  }

  /** Tells a sender that asks here that it may; one that may not is told nothing. */
  void grant(HttpServletRequest request, HttpServletResponse response) {
    String sender = request.getHeader("WebHook-Request-Origin");
    if (sender != null
        && request.getMethod().equals(HttpMethod.OPTIONS)
        && DOOR.equals(request.getPathInfo())
        && origins.haveHost(sender)) {
      response.setHeader("WebHook-Allowed-Origin", sender);
      response.setHeader("WebHook-Allowed-Rate", rate); // requests a minute
    }
  }
}
