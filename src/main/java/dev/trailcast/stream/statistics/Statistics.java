package dev.trailcast.stream.statistics;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.container.Enduring;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.CloseReason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The figures of each view that somebody asks for, made anew every second for those who follow
 * them. Safe for use by many threads.
 */
@ApplicationScoped
public class Statistics {
  private static final System.Logger LOG = System.getLogger(Statistics.class.getName());

  /** Views that are counted at a time: each user who is logged in has its own. */
  private static final int MOST_VIEWS = 512;

  /** How long a view is counted after it was last asked for. */
  private static final long KEPT_NANOS = Duration.ofMinutes(5).toNanos();

  /** How long figures are kept that nobody follows: whoever has asked takes them at once. */
  private static final long FIGURES_KEPT_NANOS = Duration.ofSeconds(10).toNanos();

  /** Of those, how many may have been brought by one caller: a user, or an address. */
  private static final int MOST_OF_A_CALLER = 16;

  /** How old the busiest may be. */
  private static final long AGE_NANOS = Duration.ofSeconds(2).toNanos();

  /**
   * Ten times what it takes to find them, so that this never takes more than a tenth of a
   * processor.
   */
  private static final long AGE_NANOS_FOR_EACH = Duration.ofMillis(30).toNanos();

  /** Everything that anybody may see: dashboards show it, whatever else is counted. */
  private static final View EVERYTHING = new View(ActivityFilter.ALL, Viewer.ANONYMOUS);

  /**
   * A view's figures.
   *
   * @param caller who was the first to ask for them
   * @param asked when they were last asked for
   */
  private record Counted(Figures figures, String caller, long asked) {}

  private final Readers readers;

  private final ScheduledExecutorService scheduler;

  // guarded by this
  private final Map<View, Counted> views = new HashMap<>();
  private final Map<View, PublicCounts> publicParts = new HashMap<>(); // of those
  private ScheduledFuture<?> ticking;

  @Inject
  public Statistics(Readers readers, ContainerThreads threads) {
    this(readers, threads.scheduler());
  }

  /** For the container's proxy. */
  protected Statistics() {
    this(null, (ScheduledExecutorService) null);
  }

  /** With a scheduler of a test's. */
  Statistics(Readers readers, ScheduledExecutorService scheduler) {
    this.readers = readers;
    this.scheduler = scheduler;
  }

  /**
   * The figures of a view, as they are now.
   *
   * @param caller whose question it is
   * @throws dev.trailcast.stream.delivery.RefusedException if too many others are asked for
   */
  synchronized Figures of(View view, String caller) {
    Counted counted = views.get(view);
    if (counted == null) {
      makeRoom(view, caller);
      counted = new Counted(count(view), caller, 0);
    }
    Figures figures = counted.figures();
    views.put(view, new Counted(figures, counted.caller(), System.nanoTime()));
    if (ticking == null) {
      Runnable enduring =
          new Enduring(LOG, "TRAIL0413E: The figures could not be told", this::tick);
      ticking = scheduler.scheduleWithFixedDelay(enduring, 1, 1, TimeUnit.SECONDS);
    }
    update(figures);
    return figures;
  }

  private Figures count(View view) {
    Tail tail = readers.trail().tail();
    PublicCounts publicly =
        publicParts.computeIfAbsent(
            view.publicPart(), part -> new PublicCounts(tail, part, this::age));
    return new Figures(tail, view, publicly);
  }

  private long age() {
    return Math.max(AGE_NANOS, publicParts() * AGE_NANOS_FOR_EACH);
  }

  /** How many filters and rights are counted, whoever has them. */
  synchronized int publicParts() {
    return publicParts.size();
  }

  /** A view, which is no longer there, is no longer counted. */
  private void end(View view, Figures figures) {
    figures.end();
    View part = view.publicPart();
    if (views.keySet().stream().noneMatch(other -> other.publicPart().equals(part))) {
      publicParts.remove(part).end();
    }
  }

  /**
   * The figures of a view, for somebody who follows them from now on.
   *
   * @throws dev.trailcast.stream.delivery.RefusedException as {@link #of}
   */
  synchronized Figures follow(View view, String caller, Follower follower) {
    Figures figures = of(view, caller);
    figures.join(follower); // while nobody can drop them
    return figures;
  }

  private void makeRoom(View view, String caller) {
    if (view.equals(EVERYTHING)) {
      return;
    }
    Predicate<Counted> itsOwn = counted -> counted.caller().equals(caller);
    if (views.values().stream().filter(itsOwn).count() >= MOST_OF_A_CALLER && !dropOne(itsOwn)) {
      throw readers.refusal(CloseReason.LIMITED);
    }
    if (views.size() >= MOST_VIEWS && !dropOne(any -> true)) {
      throw readers.refusal(CloseReason.FULL);
    }
  }

  /** Makes room, where there is a view that nobody follows: the one not asked for the longest. */
  private boolean dropOne(Predicate<Counted> eligible) {
    Optional<View> dropped =
        views.entrySet().stream()
            .filter(entry -> eligible.test(entry.getValue()))
            .filter(entry -> !entry.getValue().figures().areFollowed())
            .min(Comparator.comparingLong(entry -> entry.getValue().asked()))
            .map(Map.Entry::getKey);
    dropped.ifPresent(view -> end(view, views.remove(view).figures()));
    return dropped.isPresent();
  }

  private synchronized void tick() {
    long now = System.nanoTime();
    for (Iterator<Map.Entry<View, Counted>> each = views.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<View, Counted> entry = each.next();
      Figures figures = entry.getValue().figures();
      if (figures.areFollowed()) {
        entry.setValue(new Counted(figures, entry.getValue().caller(), now));
        update(figures);
      } else if (now - entry.getValue().asked() > KEPT_NANOS) {
        each.remove();
        end(entry.getKey(), figures);
      } else if (now - entry.getValue().asked() > FIGURES_KEPT_NANOS) {
        figures.forget();
      }
    }
    publicParts.values().forEach(PublicCounts::forgetOld);
    if (views.isEmpty()) {
      stop();
    }
  }

  private void update(Figures figures) {
    figures.update(Instant.now(), readers.following());
  }

  @PreDestroy
  synchronized void stop() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }
}
