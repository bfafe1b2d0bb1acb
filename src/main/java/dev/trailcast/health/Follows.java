package dev.trailcast.health;

import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.StreamLifecycle;
import dev.trailcast.stream.follow.Followers;
import dev.trailcast.stream.follow.FollowingStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether readers get what is recorded: the tail is there, and follows the journal. How beans get
 * on that follow is said here as well, and makes nothing unready.
 */
@Readiness
@ApplicationScoped
public class Follows extends Check {
  @Inject private Readers readers;
  @Inject private StreamLifecycle trail;
  @Inject private Followers followers;

  public Follows() {
    super("trailcast-stream");
  }

  @Override
  void look(HealthCheckResponseBuilder response) {
    response.withData("behind", readers.lag().toSeconds()).status(trail.problem().isEmpty());
    trail.problem().ifPresent(problem -> response.withData("problem", problem));
    for (FollowingStatus each : followers.status()) {
      response.withData("follower:" + each.name(), inWords(each));
    }
  }

  /** For an operator. What went wrong is in the log: it may name what not everybody may know. */
  private static String inWords(FollowingStatus status) {
    return "%d behind, %d parked%s"
        .formatted(status.behind(), status.parked(), status.isFailing() ? ", failing" : "");
  }
}
