package dev.trailcast.security;

import dev.trailcast.activity.Scope;
import java.util.Optional;
import java.util.Set;

/** Who asks in a test, without a request. */
public final class TestCallers {
  private TestCallers() {}

  /**
   * Somebody who may do everything.
   *
   * @param name null for nobody
   */
  public static Caller of(String address, String name) {
    return new Caller(
        address, name, Set.of(), Rights.each(right -> Scope.EVERYTHING), Optional.empty());
  }

  /** Finds out by the server's log-in alone who asks; rights are as granted. */
  public static Callers granting(String publish, String subscribe) {
    SecuritySettings settings =
        new SecuritySettings(
            Access.parse(publish, subscribe, ""), TestIssuer.NO_TOKENS, "", Set.of());
    return new Callers(settings, TestIssuer.none(), new Tickets());
  }
}
