package dev.trailcast.journal;

import dev.trailcast.activity.Activity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A bean of an application that observes what was recorded, and then does what it should not. */
@ApplicationScoped
public class ObservingBean {
  private final List<String> observed = new CopyOnWriteArrayList<>();
  private final CountDownLatch blocking = new CountDownLatch(1);

  @Inject private Event<Activity> activities;

  void observe(@Observes @Appended JournalPage page) throws Exception {
    for (JournalEntry entry : page.entries()) {
      observed.add(entry.activity().type());
      switch (entry.activity().type()) {
        case "observer.throws" -> throw new IllegalStateException("on purpose");
        case "observer.blocks" -> blocking.await();
        case "observer.fires" -> activities.fire(Activity.of("bean", "observer.fired"));
        default -> {}
      }
    }
  }

  /** Lets it go on where it blocks. */
  public void release() {
    blocking.countDown();
  }

  /** The types of what it has been told of. */
  public List<String> observed() {
    return observed;
  }
}
