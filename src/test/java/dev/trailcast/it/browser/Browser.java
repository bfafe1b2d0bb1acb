package dev.trailcast.it.browser;

import java.net.URI;

/**
 * A browser with a profile of its own, fresh: its tabs share storage, locks and connections. Any
 * thread may use it; what it is told at the same time it does one by one.
 */
public interface Browser extends AutoCloseable {
  /** Opens the page in a new tab, in front of the others, and waits until it has loaded. */
  Tab open(URI uri);

  /** Ends it, with every process of it. */
  @Override
  void close();
}
