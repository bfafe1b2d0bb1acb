package dev.trailcast.it;

import jakarta.ws.rs.ApplicationPath;
import java.util.Set;

/** Somebody's own JAX-RS application in the same WAR. */
@ApplicationPath("/test")
public class Application extends jakarta.ws.rs.core.Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(FiringResource.class, HeapResource.class);
  }
}
