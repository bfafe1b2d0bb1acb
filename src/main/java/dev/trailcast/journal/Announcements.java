package dev.trailcast.journal;

import dev.trailcast.container.ContainerThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Who is told of what has become durable: first the stream, on the thread that made it so; then,
 * apart from everybody and in their own time, the application's observers of {@link Appended}.
 */
@ApplicationScoped
public class Announcements {
  private static final System.Logger LOG = System.getLogger(Announcements.class.getName());

  @Inject private JournalReader journal;
  @Inject private Event<JournalPage> pages;
  @Inject private BeanManager beans;
  @Inject private ContainerThreads threads;

  // safe by itself
  private final List<Consumer<JournalPage>> listeners = new CopyOnWriteArrayList<>();

  private ObserverNotifier observers;
  private volatile Thread telling; // null where there is nobody to tell

  @PostConstruct
  void begin() {
    Event<JournalPage> appended = pages.select(Appended.Literal.INSTANCE);
    observers = new ObserverNotifier(journal, appended::fire);
    if (areObserved()) {
      listeners.add(observers::note);
      telling = threads.factory().newThread(observers);
      telling.start();
    }
  }

  private boolean areObserved() {
    StreamPosition anywhere = new StreamPosition("any", 0);
    JournalPage any = new JournalPage(anywhere, List.of(), anywhere);
    return !beans.resolveObserverMethods(any, Appended.Literal.INSTANCE).isEmpty();
  }

  /**
   * Has somebody told from now on, before the application's observers.
   *
   * @param listener is called on the thread that makes activities durable, and so only takes note
   */
  public void onAppended(Consumer<JournalPage> listener) {
    listeners.add(0, listener); // before the application's
  }

  /** Tells all of them. For journals; page after page in journal order. */
  public void announce(JournalPage page) {
    for (Consumer<JournalPage> listener : listeners) {
      try {
        listener.accept(page);
      } catch (Throwable e) { // whatever it is, the activities are recorded, and others wait
        LOG.log(Level.ERROR, "TRAIL0108E: Who was told of new entries in the journal failed.", e);
      }
    }
  }

  /**
   * Whether the application's observers are told, if there are any: what ended, a restart mends.
   */
  public boolean isAlive() {
    return telling == null || telling.isAlive();
  }

  /** How often the application's observers have failed. */
  public long observerFailures() {
    return observers.failures();
  }

  /** How many offsets the application's observers have not been told of yet. */
  public long observersBehind() {
    return observers.behind();
  }

  @PreDestroy
  void end() {
    observers.stop();
  }
}
