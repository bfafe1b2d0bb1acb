package dev.trailcast.benchmark.peer;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What Trailcast is compared with on the same server: as little as can be. */
@ApplicationPath("/")
public class PeerApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(BroadcasterResource.class, SuspendedResource.class, Ready.class);
  }

  /** Answers as soon as there is somebody to. */
  @Path("ready")
  public static class Ready {
    @GET
    public String ready() {
      return "ready";
    }
  }
}
