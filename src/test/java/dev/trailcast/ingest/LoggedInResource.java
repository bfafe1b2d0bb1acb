package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Fires what names no actor, also outside of any request. */
@Path("fire")
@RequestScoped
public class LoggedInResource {
  @Inject private Event<Activity> activities;

  @POST
  @Transactional
  public void fire(@QueryParam("type") String type) throws InterruptedException {
    activities.fire(Activity.of(null, type));
    Thread elsewhere = new Thread(() -> activities.fire(Activity.of(null, type + ".elsewhere")));
    elsewhere.start();
    elsewhere.join();
  }
}
