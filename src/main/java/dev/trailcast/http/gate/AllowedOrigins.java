package dev.trailcast.http.gate;

import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose pages may do what the pages of this server may. Unchanging. */
public final class AllowedOrigins {
  private static final String ALLOWED =
      "exact origins, such as https://app.example.com, separated by commas (* is none: any website"
          + " could do what its visitors may)";

  private final Set<Origin> origins;

  /**
   * Allows these.
   *
   * @param origins each with a scheme, a host and perhaps a port, and nothing else; may be empty
   * @throws SettingException if one is none
   */
  public AllowedOrigins(List<String> origins) {
    this.origins = origins.stream().map(AllowedOrigins::parse).collect(Collectors.toSet());
  }

  private static Origin parse(String text) {
    try {
      return Origin.parse(text);
    } catch (IllegalArgumentException e) {
      throw new SettingException("origins", ALLOWED, text);
    }
  }

  boolean isEmpty() {
    return origins.isEmpty();
  }

  boolean contains(Optional<Origin> origin) {
    return origin.isPresent() && origins.contains(origin.get());
  }

  /** Whether one of them is of this host, whatever its scheme and port. */
  boolean haveHost(String host) {
    return origins.stream().anyMatch(origin -> origin.host().equalsIgnoreCase(host));
  }
}
