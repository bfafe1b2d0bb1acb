package dev.trailcast.journal;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** What a test asks from outside. */
@ApplicationPath("/observing")
public class ObservingApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(ObservingResource.class);
  }
}
