package dev.trailcast.http;

import dev.trailcast.container.ContainerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The application that this is in. A server may have several with Trailcast, and shows their
 * figures and their health at one address. Safe for use by many threads.
 */
@ApplicationScoped
public class HostedApplication {
  private static final System.Logger LOG = System.getLogger(HostedApplication.class.getName());

  private static final String NOWHERE =
      "Nothing is served below /api: Trailcast's jar has to be in the WEB-INF/lib of a WAR, also in"
          + " an EAR.";

  private static final int LAST = Integer.MAX_VALUE;

  /** Between the beginning of an application and that of its addresses. */
  private static final long PATIENCE_SECONDS = 30;

  @Inject private Event<Served> served;

  private volatile boolean running;
  private volatile String address; // null while it has none
  private volatile ScheduledFuture<?> look;

  /**
   * From now on the application is reached.
   *
   * @param address what its addresses begin with: {@code /}, or {@code /shop}
   */
  public record Served(String address) {}

  void begin(
      @Observes @Initialized(ApplicationScoped.class) Object application,
      ContainerThreads threads) {
    look =
        threads
            .scheduler()
            .schedule(
                () ->
                    problem().ifPresent(problem -> LOG.log(Level.ERROR, "TRAIL0603E: " + problem)),
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
  }

  /** When all the others that begin with it have. */
  void noteBegun(
      @Observes @Priority(LAST) @Initialized(ApplicationScoped.class) Object application) {
    running = true;
  }

  /** When nobody is told any more that it ends. */
  void noteEnded(
      @Observes @Priority(LAST) @BeforeDestroyed(ApplicationScoped.class) Object application) {
    running = false;
  }

  /**
   * Whether it has begun, and has not ended. Nobody on a thread that is not its own may call what
   * it has before or after: that would make it anew.
   */
  public boolean isRunning() {
    return running;
  }

  /** The server has begun a WAR that has the jar as its own. */
  void serve(String contextPath) {
    address = contextPath.isEmpty() ? "/" : contextPath;
    served.fire(new Served(address));
  }

  /** What its addresses begin with, {@code /} or {@code /shop}; empty while it has none. */
  public String address() {
    return address == null ? "" : address;
  }

  /** Why nobody reaches it, for an operator. */
  public Optional<String> problem() {
    return address == null ? Optional.of(NOWHERE) : Optional.empty();
  }

  @PreDestroy
  void end() {
    if (look != null) {
      look.cancel(false);
    }
  }
}
