package dev.trailcast.metrics;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.stream.ActivityTrail;
import dev.trailcast.stream.follow.Start;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Fails at whatever is poison. */
@ApplicationScoped
public class PoisonedFollower {
  @Inject private ActivityTrail trail;

  void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
    ActivityFilter poison = ActivityFilter.ALL.withTypes("poison");
    trail.follow("taster", poison, Start.oldest(), PoisonedFollower::taste);
  }

  private static void taste(Object any) {
    throw new IllegalStateException("it is poison");
  }
}
