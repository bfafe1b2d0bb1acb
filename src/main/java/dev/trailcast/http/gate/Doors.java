package dev.trailcast.http.gate;

import java.util.List;

/**
 * What is there over HTTP, beside the stream. What is not is answered as if it had never been.
 *
 * @param publish {@code POST /api/activities} and {@code /api/notifications}
 * @param segment {@code POST /api/v1/…}, Segment's tracking API
 * @param pages {@code GET /api/activities}
 * @param statistics {@code GET /api/stats}
 * @param dashboard the page, and what it alone loads
 */
public record Doors(
    boolean publish, boolean segment, boolean pages, boolean statistics, boolean dashboard) {
  private static final List<String> DASHBOARD =
      List.of(
          "/trailcast.html",
          "/trailcast/common/",
          "/trailcast/dashboard/",
          "/trailcast/icon.svg",
          "/webjars/uplot/");

  /** Whether what is at this path of the application is not to be found. */
  boolean hides(String path) {
    return !dashboard && DASHBOARD.stream().anyMatch(path::startsWith);
  }
}
