package dev.trailcast;

import dev.trailcast.canary.Canary;
import dev.trailcast.container.Preloader;
import dev.trailcast.http.ErrorAnswer;
import dev.trailcast.http.HostedApplication;
import dev.trailcast.http.ServingListener;
import dev.trailcast.http.gate.Gate;
import dev.trailcast.ingest.outbox.FiredActivities;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.chosen.Journals;
import dev.trailcast.security.AccessNotice;
import dev.trailcast.security.SessionListener;
import dev.trailcast.server.CompletionFilter;
import dev.trailcast.server.ResourcePaths;
import dev.trailcast.stream.Broadcaster;
import dev.trailcast.stream.PositionFilter;
import dev.trailcast.stream.TrailcastPosition;
import dev.trailcast.stream.delivery.StreamLifecycle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;

/**
 * Has everything loaded with the application that serves readers and publishers: the first of them
 * may come when there are no open files left.
 */
@ApplicationScoped
public class Preloading {
  void load(@Observes @Initialized(ApplicationScoped.class) Object application) {
    run();
  }

  /** All that the server or CDI calls, and what these need. */
  static void run() {
    Preloader.load(
        TrailcastApplication.class,
        CompletionFilter.class,
        ResourcePaths.class,
        Gate.class,
        ErrorAnswer.class,
        HostedApplication.class,
        ServingListener.class,
        SessionListener.class,
        AccessNotice.class,
        FiredActivities.class,
        Journals.class,
        Announcements.class,
        Broadcaster.class,
        PositionFilter.class,
        TrailcastPosition.class,
        StreamLifecycle.class,
        Canary.class);
  }
}
