package dev.trailcast.it;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A bean of an application that tells what it does by CDI events. */
@ApplicationScoped
public class FiringBean {
  @Inject private Event<Activity> activities;

  /** Outside a transaction. */
  public void fire(String type) {
    activities.fire(Activity.of("bean", type));
  }

  /** Inside one that commits. */
  @Transactional
  public void fireAndCommit(String type, int count) {
    for (int i = 0; i < count; i++) {
      activities.fire(Activity.of("bean", type, Integer.toString(i)));
    }
  }

  /** Inside one that is rolled back. */
  @Transactional
  public void fireAndFail(String type) {
    activities.fire(Activity.of("bean", type));
    throw new IllegalStateException("rolls back");
  }

  /** Asynchronously, inside one that is rolled back. */
  @Transactional
  public void fireAsyncAndFail(String type) throws Exception {
    activities.fireAsync(Activity.of("bean", type)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    throw new IllegalStateException("rolls back");
  }

  /** Asynchronously, too large to be recorded; returns what the stage tells. */
  public String fireAsyncTooLarge() throws Exception {
    Activity large = Activity.of("bean", "too.large").withData("x".repeat(100_000));
    try {
      activities.fireAsync(large).toCompletableFuture().get(20, TimeUnit.SECONDS);
      return "recorded";
    } catch (java.util.concurrent.ExecutionException | CompletionException e) {
      return e.getCause().toString();
    }
  }

  /** Too large to be recorded; returns what is thrown. */
  @Transactional
  public String fireTooLarge() {
    try {
      activities.fire(Activity.of("bean", "too.large").withData("x".repeat(100_000)));
      return "recorded";
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
