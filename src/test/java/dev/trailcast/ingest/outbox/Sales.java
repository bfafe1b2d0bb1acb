package dev.trailcast.ingest.outbox;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.stream.ActivityTrail;
import dev.trailcast.stream.follow.Start;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Builds a table of the business database from what was recorded of orders. */
@ApplicationScoped
public class Sales {
  @Inject private ActivityTrail trail;
  @Inject private Orders orders;

  void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
    ActivityFilter shop = ActivityFilter.ALL.withSources("/shop");
    trail.follow("sales", shop, Start.oldest(), entry -> orders.count(entry.activity().id()));
  }
}
