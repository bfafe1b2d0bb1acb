package dev.trailcast.stream;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * What happens, in figures, for whoever asks; counted for each view as long as somebody asks for
 * it. Safe for use by many threads.
 */
@ApplicationScoped
public class Statistics {
  private static final System.Logger LOG = System.getLogger(Statistics.class.getName());

  /** Views that are counted at a time. */
  private static final int MOST_VIEWS = 64;

  /** How long a view is counted after it was last asked for. */
  private static final long KEPT_NANOSECONDS = Duration.ofMinutes(5).toNanos();

  /** A view's counts, and who follows them. */
  private static final class Followed {
    final ActivityCounts counts;
    final Map<SseEventSink, CompletionStage<?>> sinks = new HashMap<>();
    long asked = System.nanoTime();

    Followed(ActivityCounts counts) {
      this.counts = counts;
    }
  }

  @Inject private Broadcaster broadcaster;

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService scheduler;

  // guarded by this
  private final Map<View, Followed> views = new HashMap<>();
  private ScheduledFuture<?> ticking;

  /** The figures now, as JSON; empty where too many others are asked for. */
  synchronized Optional<String> now(View view) {
    return followed(view).map(this::json);
  }

  /**
   * Sends the figures every second until the sink is closed.
   *
   * @return whether there is room for it
   */
  synchronized boolean follow(View view, SseEventSink sink) {
    Optional<Followed> followed = followed(view);
    followed.ifPresent(it -> it.sinks.put(sink, send(sink, event(it))));
    return followed.isPresent();
  }

  private Optional<Followed> followed(View view) {
    Followed known = views.get(view);
    if (known == null) {
      if (views.size() >= MOST_VIEWS && !dropOne()) {
        return Optional.empty();
      }
      known = new Followed(new ActivityCounts(broadcaster.trail().tail(), view));
      views.put(view, known);
      if (ticking == null) {
        ticking = scheduler.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
      }
    }
    known.asked = System.nanoTime();
    return Optional.of(known);
  }

  /** Makes room, where there is a view that nobody follows: the one not asked for the longest. */
  private boolean dropOne() {
    Optional<View> dropped =
        views.entrySet().stream()
            .filter(entry -> entry.getValue().sinks.isEmpty())
            .min(Comparator.comparingLong(entry -> entry.getValue().asked))
            .map(Map.Entry::getKey);
    dropped.ifPresent(view -> views.remove(view).counts.end());
    return dropped.isPresent();
  }

  private synchronized void tick() {
    try {
      long now = System.nanoTime();
      for (Iterator<Followed> each = views.values().iterator(); each.hasNext(); ) {
        Followed followed = each.next();
        followed.sinks.keySet().removeIf(SseEventSink::isClosed);
        if (!followed.sinks.isEmpty()) {
          followed.asked = now;
          tell(followed);
        } else if (now - followed.asked > KEPT_NANOSECONDS) {
          followed.counts.end();
          each.remove();
        }
      }
      if (views.isEmpty()) {
        stop();
      }
    } catch (RuntimeException e) { // or it would never tick again
      LOG.log(System.Logger.Level.ERROR, "The figures could not be told", e);
    }
  }

  /** Whoever has not taken the last figures is left out: the next ones are newer. */
  private void tell(Followed followed) {
    PlainSseEvent event = event(followed);
    followed.sinks.replaceAll(
        (sink, last) -> last.toCompletableFuture().isDone() ? send(sink, event) : last);
  }

  private PlainSseEvent event(Followed followed) {
    return new PlainSseEvent(ControlEvent.STATISTICS, null, json(followed));
  }

  private static CompletionStage<?> send(SseEventSink sink, PlainSseEvent event) {
    try {
      return sink.send(event);
    } catch (IllegalStateException e) {
      return CompletableFuture.failedFuture(e); // closed since it was asked
    }
  }

  private String json(Followed followed) {
    ActivityCounts.Busiest busiest = followed.counts.busiest();
    JsonObjectBuilder among = ControlEvent.object();
    if (busiest.since() != null) {
      among.add("since", busiest.since().toString());
    }
    among
        .add("activities", busiest.activities())
        .add("actors", json(busiest.values().get(Attribute.ACTOR)))
        .add("types", json(busiest.values().get(Attribute.TYPE)))
        .add("subjects", json(busiest.values().get(Attribute.SUBJECT)));
    JsonArrayBuilder perSecond = ControlEvent.array();
    followed.counts.perSecond(second()).forEach(perSecond::add);
    return ControlEvent.object()
        .add("time", Instant.now().toString())
        .add("readers", readers())
        .add("perSecond", perSecond)
        .add("busiest", among)
        .build()
        .toString();
  }

  private static JsonArrayBuilder json(List<ActivityCounts.Count> counts) {
    JsonArrayBuilder array = ControlEvent.array();
    for (ActivityCounts.Count count : counts) {
      array.add(ControlEvent.object().add("name", count.name()).add("count", count.count()));
    }
    return array;
  }

  /** Whoever follows activities; those who follow figures are none of these. */
  private int readers() {
    int here = views.values().stream().mapToInt(followed -> followed.sinks.size()).sum();
    return Math.max(0, broadcaster.readers() - here);
  }

  private static long second() {
    return Math.floorDiv(System.currentTimeMillis(), 1_000);
  }

  @PreDestroy
  synchronized void stop() {
    if (ticking != null) {
      ticking.cancel(false);
      ticking = null;
    }
  }
}
