package dev.trailcast.stream.follow;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadFactory;

/**
 * The beans of this application that follow, by their names. Each has a thread of the container's,
 * with what the application's have: its class loader, and the names in {@code java:comp}.
 *
 * <p>Safe for use by many threads.
 */
@ApplicationScoped
public class Followers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  // fixed at birth
  private final FollowSettings settings;
  private final JournalReader journal;
  private final Bookmarks bookmarks;
  private final Announcements announcements;
  private ManagedThreadFactory container;

  // changed under this
  private final Map<String, Following> followings = new ConcurrentSkipListMap<>();
  private boolean ended;

  @Inject
  public Followers(
      FollowSettings settings,
      JournalReader journal,
      Bookmarks bookmarks,
      Announcements announcements) {
    this.settings = settings;
    this.journal = journal;
    this.bookmarks = bookmarks;
    this.announcements = announcements;
  }

  /** For the client proxy that CDI makes. */
  Followers() {
    this(null, null, null, null);
  }

  @Inject
  void borrowThreads(ContainerThreads threads) {
    container = threads.factory();
  }

  @PostConstruct
  void listen() {
    announcements.onAppended(this::note);
  }

  /**
   * Has somebody follow.
   *
   * @throws IllegalArgumentException if the name is not of the form {@value Bookmarks#NAME}
   * @throws IllegalStateException if somebody follows under this name, too many follow, or the
   *     application ends
   */
  public Following follow(String name, ActivityFilter filter, Start start, Projection projection) {
    return follow(name, filter, start, projection, container);
  }

  synchronized Following follow(
      String name,
      ActivityFilter filter,
      Start start,
      Projection projection,
      ThreadFactory threads) {
    check(name);
    Following following =
        new Following(
            name,
            filter,
            start,
            projection,
            settings,
            journal,
            bookmarks,
            InstantSource.system(),
            Pace.REAL);
    following.lookWhereToBegin();
    Thread thread = threads.newThread(() -> run(following));
    following.runOn(thread);
    followings.put(name, following);
    try {
      thread.start();
    } catch (Throwable e) { // there is no room for a thread, say
      followings.remove(name);
      throw e;
    }
    return following;
  }

  private void check(String name) {
    if (!name.matches(Bookmarks.NAME)) {
      throw new IllegalArgumentException(
          "a name must be of the form " + Bookmarks.NAME + ", not " + name);
    }
    if (ended) {
      throw new IllegalStateException("the application ends");
    }
    if (followings.containsKey(name)) {
      throw new IllegalStateException(
          name + " is followed under already: close that first, or take another name");
    }
    if (followings.size() >= settings.max()) {
      throw new IllegalStateException(
          settings.max() + " follow already: set trailcast.follow.max for more");
    }
  }

  private void run(Following following) {
    try {
      following.run();
    } finally {
      followings.remove(following.name());
    }
  }

  /** Only takes note: it is called by the thread that makes activities durable. */
  void note(JournalPage page) {
    if (followings.isEmpty() || page.upTo().equals(page.after())) { // a canary is nobody's
      return;
    }
    boolean erasure = false;
    for (JournalEntry entry : page.entries()) {
      erasure |= entry.activity().isErasure();
    }
    for (Following following : followings.values()) {
      following.note(erasure);
    }
  }

  /** How each gets on, by name. */
  public List<FollowingStatus> status() {
    return followings.values().stream().map(Following::status).toList();
  }

  /** The last moment at which all that the projections use is there. */
  void end(
      @Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class)
          Object application) {
    end();
  }

  @PreDestroy
  void end() {
    synchronized (this) {
      ended = true;
    }
    for (Following following : followings.values()) { // all at once
      following.stop();
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Following following : followings.values()) {
      following.awaitEnd(deadline);
    }
  }
}
