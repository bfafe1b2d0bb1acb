package dev.trailcast.benchmark.bean;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Beside Trailcast's own, in the same WAR. */
@ApplicationPath("/benchmark")
public class FiringApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(FiringResource.class);
  }
}
