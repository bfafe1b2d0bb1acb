package dev.trailcast.container;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The threads that every container has for an application, under the names of the platform (Jakarta
 * Concurrency 3.0). They are looked up, not injected: {@code @Resource} binds a name of its own in
 * {@code java:comp/env}, and on Payara Micro a library does not get one in a WAR without EJBs.
 *
 * <p>Once, when the application begins, on the thread that begins it: whose names a thread has
 * depends on where it comes from. One on which the server asks for figures or health may have those
 * of another application, and threads that it gave would run as that one's, or not at all.
 */
@ApplicationScoped
public class ContainerThreads {
  private ManagedThreadFactory factory;
  private ManagedScheduledExecutorService scheduler;

  void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
    // they are found now, unless somebody who begins was earlier
  }

  @PostConstruct
  void find() {
    factory = find(ManagedThreadFactory.class, "java:comp/DefaultManagedThreadFactory");
    scheduler =
        find(
            ManagedScheduledExecutorService.class,
            "java:comp/DefaultManagedScheduledExecutorService");
  }

  private static <T> T find(Class<T> type, String name) {
    try {
      return type.cast(InitialContext.doLookup(name));
    } catch (NamingException e) {
      throw new IllegalStateException(
          name + " is not there: Trailcast has to be a library of a WAR, in its WEB-INF/lib", e);
    }
  }

  /** For threads that live as long as the application. */
  public ManagedThreadFactory factory() {
    return factory;
  }

  /**
   * For what is done later, or again and again: with a fixed delay, for Open Liberty has a fixed
   * rate go by the time of day, and where that leaps ahead and back, nothing happens in between.
   */
  public ManagedScheduledExecutorService scheduler() {
    return scheduler;
  }
}
