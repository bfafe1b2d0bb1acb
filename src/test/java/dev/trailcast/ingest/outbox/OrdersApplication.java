package dev.trailcast.ingest.outbox;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Somebody's application whose transactions write to a database. */
@ApplicationPath("/shop")
public class OrdersApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(OrdersResource.class);
  }
}
