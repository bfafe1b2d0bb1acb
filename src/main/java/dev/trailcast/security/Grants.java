package dev.trailcast.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who may do what, now: what is configured may change while the application runs. Safe for use by
 * many threads.
 */
@ApplicationScoped
public class Grants {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Access access;

  /** As configured when the application starts. */
  @Inject
  public Grants(SecuritySettings settings) {
    this(settings.access());
  }

  /** For the client proxy that CDI makes. */
  Grants() {
    this((Access) null);
  }

  Grants(Access access) {
    this.access = access;
  }

  /** Who may do what. */
  public Access now() {
    return access;
  }

  /** From now on it is this. Those who stay are not told by it: see {@link #askAnew}. */
  public void become(Access next) {
    access = next;
  }

  /**
   * Has everybody who stays, by what was granted when it came, say anew who it is. To be called
   * again a little later: somebody may have been found to have a right before, and stay since then.
   */
  public void askAnew() {
    listeners.forEach(Runnable::run);
  }

  /** The listener is called where those who stay have to say anew who they are. */
  public void onAskAnew(Runnable listener) {
    listeners.add(listener);
  }
}
