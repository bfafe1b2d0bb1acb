package dev.trailcast.it;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Keeps the server that Arquillian has started for the next class of the same fork. Where forks
 * take one class at a time, each is an execution of its own to JUnit, and Arquillian would stop the
 * server at the end of each, and deploy anew what classes share.
 */
public final class KeptServer implements AfterAllCallback {
  private static final Namespace ARQUILLIANS = Namespace.create("arquillianNamespace");
  private static final String MANAGER = "testRunnerManager";

  @Override
  public void afterAll(ExtensionContext context) {
    Object manager = context.getRoot().getStore(ARQUILLIANS).remove(MANAGER);
    if (manager != null) { // later executions find it there, and it is closed with the fork
      context.getStore(StoreScope.LAUNCHER_SESSION, ARQUILLIANS).put(MANAGER, manager);
    }
  }
}
