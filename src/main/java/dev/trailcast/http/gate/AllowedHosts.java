package dev.trailcast.http.gate;

import dev.trailcast.http.Problem;
import dev.trailcast.settings.SettingException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts this server answers for. A website can have its own name lead here (DNS rebinding):
 * to a browser its pages are then ours, and {@code Host} alone tells. Unchanging.
 */
public final class AllowedHosts {
  private static final String ALLOWED =
      "hosts, such as trail.example.com, *.example.com, 192.0.2.7, 10.0.0.0/8 or [::1], separated by"
          + " commas";

  private static final Problem REFUSAL =
      Problem.of(
          Problem.MISDIRECTED_REQUEST,
          "This server is not asked for by the name in Host. Its operator can add that to the"
              + " setting trailcast.http.hosts.");

  private final List<HostPattern> patterns;
  private final boolean checked;

  /**
   * Allows these.
   *
   * @param hosts as {@link HostPattern#parse} takes them
   * @param checked whether anybody may do something here without a log-in; else nothing is to be
   *     had by another name, for what its user is known by is not sent to that
   * @throws SettingException if one is none, or there is none
   */
  public AllowedHosts(List<String> hosts, boolean checked) {
    if (hosts.isEmpty()) {
      throw new SettingException("hosts", ALLOWED, "");
    }
    this.patterns = hosts.stream().map(AllowedHosts::parse).toList();
    this.checked = checked;
  }

  private static HostPattern parse(String text) {
    try {
      return HostPattern.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingException("hosts", ALLOWED, text);
    }
  }

  /** Why this request is for somebody else; empty if it is for us. */
  Optional<Problem> refusal(HttpServletRequest request) {
    String host = Hosts.of(request);
    return !checked || patterns.stream().anyMatch(pattern -> pattern.matches(host))
        ? Optional.empty()
        : Optional.of(REFUSAL);
  }
}
