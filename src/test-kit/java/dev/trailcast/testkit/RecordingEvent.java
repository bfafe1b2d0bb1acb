package dev.trailcast.testkit;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.InvalidActivityException;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * The {@code Event<Activity>} of a bean under test: keeps what is fired, in its order, and takes
 * and refuses it as Trailcast does outside of a transaction. What it was given before, with the
 * same id and source, is kept once.
 *
 * <pre>{@code
 * RecordingEvent activities = new RecordingEvent();
 * new Orders(activities).place("alice", 17);
 * activities.assertSingle().hasType("order.placed").hasActor("alice").hasData(Map.of("total", 42));
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class RecordingEvent implements Event<Activity> {
  // guarded by this
  private final List<Activity> recorded = new ArrayList<>();
  private RuntimeException problem; // null while it takes what is fired

  /**
   * Takes an activity.
   *
   * @throws InvalidActivityException if its type is Trailcast's own
   * @throws ConflictingActivityException if something else was fired with its id and source
   * @throws RuntimeException what it was told to {@link #failWith}
   */
  @Override
  public synchronized void fire(Activity activity) {
    Objects.requireNonNull(activity, "activity");
    activity.checkForeign();
    if (problem != null) {
      throw problem;
    }
    for (Activity earlier : recorded) {
      if (earlier.id().equals(activity.id()) && earlier.source().equals(activity.source())) {
        if (!earlier.tellsTheSame(activity)) {
          throw new ConflictingActivityException();
        }
        return;
      }
    }
    recorded.add(activity);
  }

  /** As {@link #fire}, at once and on this thread; its stage fails where that throws. */
  @Override
  public <U extends Activity> CompletionStage<U> fireAsync(U activity) {
    try {
      fire(activity);
      return CompletableFuture.completedFuture(activity);
    } catch (RuntimeException e) { // in the form that CDI hands it over in
      CompletionException failed = new CompletionException(e);
      failed.addSuppressed(e);
      return CompletableFuture.failedFuture(failed);
    }
  }

  /** As without options. */
  @Override
  public <U extends Activity> CompletionStage<U> fireAsync(
      U activity, NotificationOptions options) {
    return fireAsync(activity);
  }

  /** Itself: Trailcast records what is fired with any qualifier. */
  @Override
  public Event<Activity> select(Annotation... qualifiers) {
    return this;
  }

  /** Itself, as an activity has no subtypes. */
  @Override
  @SuppressWarnings("unchecked") // U can be nothing but Activity, which is final
  public <U extends Activity> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    return (Event<U>) this;
  }

  /** Itself, as an activity has no subtypes. */
  @Override
  @SuppressWarnings("unchecked") // as above
  public <U extends Activity> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
    return (Event<U>) this;
  }

  /**
   * From now on nothing can be recorded, as when the disk is full.
   *
   * @param problem what {@code fire} throws, a {@link dev.trailcast.journal.JournalFullException}
   *     for instance; null where it is over
   */
  public synchronized void failWith(RuntimeException problem) {
    this.problem = problem;
  }

  /** What has been recorded so far, in the order in which it was fired. */
  public synchronized List<Activity> recorded() {
    return List.copyOf(recorded);
  }

  /** Forgets what has been recorded so far. */
  public synchronized void clear() {
    recorded.clear();
  }

  /**
   * The only one that has been recorded.
   *
   * @throws AssertionError if there is none, or another one
   */
  public ActivityAssertion assertSingle() {
    return single("one activity", recorded(), recorded());
  }

  /**
   * The only one of a type, among any others.
   *
   * @throws AssertionError if there is none, or another one of that type
   */
  public ActivityAssertion assertSingle(String type) {
    List<Activity> all = recorded();
    List<Activity> ofType = all.stream().filter(each -> each.type().equals(type)).toList();
    return single("one activity of the type " + type, ofType, all);
  }

  /**
   * Nothing has been recorded.
   *
   * @throws AssertionError if something has
   */
  public void assertNone() {
    List<Activity> all = recorded();
    if (!all.isEmpty()) {
      throw unexpected("no activity", all);
    }
  }

  private static ActivityAssertion single(
      String expected, List<Activity> found, List<Activity> all) {
    if (found.size() != 1) {
      throw unexpected(expected, all);
    }
    return ActivityAssertion.assertThat(found.get(0));
  }

  private static AssertionError unexpected(String expected, List<Activity> all) {
    StringBuilder message = new StringBuilder("expected " + expected + ", but there were ");
    message.append(all.isEmpty() ? "none" : all.size() + ":");
    all.forEach(each -> message.append("\n  ").append(each));
    return new AssertionError(message.toString());
  }
}
