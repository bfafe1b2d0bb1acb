package dev.trailcast.benchmark.bean;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Fires one activity after the other, each as soon as the one before is durable. */
@Path("fire")
@ApplicationScoped
public class FiringResource {
  @Inject private Event<Activity> activities;

  /**
   * An activity for each line.
   *
   * @param lines what the activities say, as JSON
   */
  @POST
  public void fire(String lines) {
    lines
        .lines()
        .map(data -> Activity.of("alice", "page.viewed", "products/42").withJson(data))
        .map(activity -> activity.withSource("/benchmark"))
        .forEach(activities::fire);
  }
}
