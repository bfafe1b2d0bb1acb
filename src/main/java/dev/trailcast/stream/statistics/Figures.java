package dev.trailcast.stream.statistics;

import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.Excerpt;
import dev.trailcast.activity.View;
import dev.trailcast.stream.trail.Follower;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.ControlEvent;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What happens in one view, in figures, for all who follow them. Safe for use by many threads. */
final class Figures {
  /** A name may be as long as an activity, and goes to everybody every second. */
  private static final int LONGEST_NAME = 128;

  // guarded by this
  private final ActivityCounts counts;

  // safe by themselves
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();
  private volatile JsonObject newest = JsonObject.EMPTY_JSON_OBJECT;

  /**
   * Counted from now on, until it {@link #end ends}.
   *
   * @param publicly of the same filter and scope
   */
  Figures(Tail tail, View view, PublicCounts publicly) {
    this.counts = new ActivityCounts(tail, view, publicly);
  }

  /** The figures as they were last {@link #update updated}. */
  JsonObject newest() {
    return newest;
  }

  /** Nobody asks for them just now: they name who was busiest, and that may be erased. */
  synchronized void forget() {
    counts.forget();
    newest = JsonObject.EMPTY_JSON_OBJECT;
  }

  /** Is woken from now on whenever there are newer ones. */
  void join(Follower follower) {
    followers.add(follower);
  }

  void leave(Follower follower) {
    followers.remove(follower);
  }

  boolean areFollowed() {
    return !followers.isEmpty();
  }

  /**
   * Makes them anew, and wakes who follows.
   *
   * @param now the time
   * @param readers how many follow the trail
   */
  void update(Instant now, int readers) {
    newest = json(now, readers);
    followers.forEach(Follower::wake);
  }

  private synchronized JsonObject json(Instant now, int readers) {
    ActivityCounts.Busiest busiest = counts.busiest();
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
    counts.perSecond(now.getEpochSecond()).forEach(perSecond::add);
    return ControlEvent.object()
        .add("time", now.toString())
        .add("readers", readers)
        .add("perSecond", perSecond)
        .add("busiest", among)
        .build();
  }

  private static JsonArrayBuilder json(List<ActivityCounts.Count> counts) {
    JsonArrayBuilder array = ControlEvent.array();
    for (ActivityCounts.Count count : counts) {
      array.add(
          ControlEvent.object()
              .add("name", Excerpt.of(count.name(), LONGEST_NAME))
              .add("count", count.count()));
    }
    return array;
  }

  /** No longer counted. */
  synchronized void end() {
    counts.end();
  }
}
