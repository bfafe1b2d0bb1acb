package dev.trailcast.benchmark.peer;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Requests that are suspended and never answered: what a reader costs before any work is done. */
@Path("suspended")
public class SuspendedResource {
  private static final Queue<AsyncResponse> SUSPENDED = new ConcurrentLinkedQueue<>();

  /** Waits for ever. */
  @GET
  public void suspend(@Suspended AsyncResponse response) {
    response.setTimeout(0, TimeUnit.SECONDS);
    SUSPENDED.add(response);
  }

  /** How many wait. */
  @GET
  @Path("count")
  public int count() {
    return SUSPENDED.size();
  }
}
