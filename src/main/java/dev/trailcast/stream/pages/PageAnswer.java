package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

/**
 * What is said to who has asked for a page.
 *
 * @param tag of the page
 * @param json the page; null where the client has it
 * @param isNews whether it tells anything that the client does not know
 */
record PageAnswer(PageTag tag, byte[] json, boolean isNews) {
  /** A browser may keep a page for its user, and asks each time whether it is still the same. */
  private static final String CACHE_CONTROL = "private, no-cache";

  /**
   * @param known the header {@code If-None-Match}, or null
   */
  static PageAnswer of(ActivityPage page, View view, String known) {
    byte[] json = page.json();
    PageTag tag = PageTag.of(view, json);
    boolean isKnown = tag.isAmong(known);
    return new PageAnswer(tag, isKnown ? null : json, !isKnown && !page.isEmpty());
  }

  /** As JAX-RS sends it. */
  Response toResponse() {
    return (json == null ? Response.notModified() : Response.ok(json, MediaType.APPLICATION_JSON))
        .header(HttpHeaders.ETAG, tag.quoted())
        .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
        .build();
  }

  /** Sends it itself. */
  void writeTo(HttpServletResponse response) throws IOException {
    response.setHeader(HttpHeaders.ETAG, tag.quoted());
    response.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
    if (json == null) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    } else {
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(MediaType.APPLICATION_JSON);
      response.setContentLength(json.length);
      response.getOutputStream().write(json);
    }
  }
}
