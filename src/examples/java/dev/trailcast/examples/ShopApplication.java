package dev.trailcast.examples;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The shop's own JAX-RS application, at another path than Trailcast's. */
@ApplicationPath("/examples/shop-api")
public class ShopApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(ShopResource.class);
  }
}
