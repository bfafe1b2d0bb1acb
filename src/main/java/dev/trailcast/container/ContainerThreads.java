package dev.trailcast.container;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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
  /** By so much what is repeated may be late where the container has much else to do. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private ManagedThreadFactory factory;
  private ManagedScheduledExecutorService scheduler;

  private final LongSupplier nanoTime;
  private final Map<Repetition, Future<?>> repeated = new ConcurrentHashMap<>();

  /** For CDI. */
  public ContainerThreads() {
    this(null, null);
  }

  /** With these. */
  public ContainerThreads(ManagedThreadFactory factory, ManagedScheduledExecutorService scheduler) {
    this(factory, scheduler, System::nanoTime);
  }

  /** With another clock. */
  ContainerThreads(
      ManagedThreadFactory factory,
      ManagedScheduledExecutorService scheduler,
      LongSupplier nanoTime) {
    this.factory = factory;
    this.scheduler = scheduler;
    this.nanoTime = nanoTime;
  }

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

  /** For what is done later. */
  public ManagedScheduledExecutorService scheduler() {
    return scheduler;
  }

  /**
   * Has a step taken again and again, as long as the application lasts or until it is cancelled.
   * With a fixed delay, for Open Liberty has a fixed rate go by the time of day, and where that
   * leaps ahead and back, nothing happens in between.
   *
   * @param step throws nothing: {@link Enduring}
   * @param first after which time
   */
  public Future<?> repeat(Runnable step, Duration first, Duration delay) {
    long begin = nanoTime.getAsLong() + first.toNanos();
    Repetition one = new Repetition(step, begin, delay.plus(PATIENCE).toNanos(), nanoTime);
    Future<?> future =
        scheduler.scheduleWithFixedDelay(
            one, first.toNanos(), delay.toNanos(), TimeUnit.NANOSECONDS);
    repeated.put(one, future);
    return future;
  }

  /** Whether the container goes on with all that is to be repeated. */
  public boolean areRepeating() {
    return repeated.entrySet().stream()
        .allMatch(each -> each.getValue().isCancelled() || each.getKey().goesOn());
  }
}
