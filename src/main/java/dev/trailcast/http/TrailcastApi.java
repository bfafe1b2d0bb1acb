package dev.trailcast.http;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A resource of Trailcast, and a filter that is for these alone: in somebody's own WAR their
 * resources are left in peace.
 */
@NameBinding
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface TrailcastApi {
  /**
   * The name of our own application, and of the servlet that serves it, wherever it is mapped
   * (Jakarta REST 3.1, section 2.3.2).
   */
  String APPLICATION = "dev.trailcast.TrailcastApplication";

  /**
   * What the path of each resource begins with, for the runtime and not for clients: the server's
   * {@code ResourcePaths} puts it in. In somebody's own WAR, an application that lists no classes
   * gets these resources, too, and may have {@code events} of its own.
   */
  String RESOURCES = "dev.trailcast/";
}
