package dev.trailcast.security;

import dev.trailcast.http.HostedApplication;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Collectors;

/** Says in the log what anyone may: who did not mean that must see it. */
@ApplicationScoped
public class AccessNotice {
  private static final System.Logger LOG = System.getLogger(AccessNotice.class.getName());

  @Inject private SecuritySettings settings;

  void say(@Observes HostedApplication.Served served) {
    List<Right> open = settings.access().openToAnyone();
    if (!open.isEmpty()) {
      LOG.log(Level.WARNING, "TRAIL0501W: " + said(open));
    }
  }

  static String said(List<Right> open) {
    return "Whoever reaches this server may do without a log-in what %s grants to anyone. That is for a server that listens on localhost alone."
        .formatted(
            open.stream()
                .map(right -> "trailcast.access." + right)
                .collect(Collectors.joining(", ")));
  }
}
