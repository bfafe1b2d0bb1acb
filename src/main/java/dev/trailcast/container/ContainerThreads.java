package dev.trailcast.container;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The threads that every container has for an application, under the names of the platform (Jakarta
 * Concurrency 3.0). They are looked up, not injected: {@code @Resource} binds a name of its own in
 * {@code java:comp/env}, and on Payara Micro a library does not get one in a WAR without EJBs. Each
 * is to be asked for on a thread of the container: only such a one has the names.
 */
public final class ContainerThreads {
  private ContainerThreads() {}

  /** For threads that live as long as the application. */
  public static ManagedThreadFactory factory() {
    return find(ManagedThreadFactory.class, "java:comp/DefaultManagedThreadFactory");
  }

  /**
   * For what is done later, or again and again: with a fixed delay, for Open Liberty has a fixed
   * rate go by the time of day, and where that leaps ahead and back, nothing happens in between.
   */
  public static ManagedScheduledExecutorService scheduler() {
    return find(
        ManagedScheduledExecutorService.class, "java:comp/DefaultManagedScheduledExecutorService");
  }

  private static <T> T find(Class<T> type, String name) {
    try {
      return type.cast(InitialContext.doLookup(name));
    } catch (NamingException e) {
      throw new IllegalStateException(
          name + " is not there: Trailcast has to be a library of a WAR, in its WEB-INF/lib", e);
    }
  }
}
