package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Fires what names no actor, also outside of any request. */
@Path("fire-as-user")
@RequestScoped
public class LoggedInResource {
  @Inject private Event<Activity> activities;

  /** Returns the name of the user as the server knows it; empty if it knows none. */
  @POST
  @Transactional
  public String fire(@QueryParam("type") String type, @Context SecurityContext security)
      throws InterruptedException {
    activities.fire(Activity.of(null, type));
    Thread elsewhere = new Thread(() -> activities.fire(Activity.of(null, type + ".elsewhere")));
    elsewhere.start();
    elsewhere.join();
    Principal user = security.getUserPrincipal();
    return user == null ? "" : user.getName();
  }
}
