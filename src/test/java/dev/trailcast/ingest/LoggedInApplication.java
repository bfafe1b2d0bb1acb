package dev.trailcast.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.eclipse.microprofile.auth.LoginConfig;

/** Somebody's application whose users log in by MicroProfile JWT. Payara needs the scope. */
@ApplicationScoped
@ApplicationPath("/users")
@LoginConfig(authMethod = "MP-JWT")
public class LoggedInApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(LoggedInResource.class);
  }
}
