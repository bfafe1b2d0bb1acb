package dev.trailcast.security;

import dev.trailcast.activity.Scope;
import java.util.List;
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
        address, name, Set.of(), Rights.each(right -> Scope.EVERYTHING), Optional.empty(), null);
  }

  /** Finds out by the server's log-in alone who asks; rights are as granted. */
  public static Callers granting(String publish, String subscribe) {
    SecuritySettings settings =
        new SecuritySettings(
            Access.parse(publish, subscribe, ""), TestIssuer.NO_TOKENS, "", Set.of());
    return new Callers(settings, new Grants(settings), TestIssuer.none(), new Tickets());
  }

  /**
   * Finds out by a write key who asks; rights are as granted.
   *
   * @param pairs of a key's name and the key, as {@link WriteKeys} takes them
   */
  public static KeyHolders holding(String publish, String... pairs) {
    return new KeyHolders(new Grants(Access.parse(publish, "", "")), new WriteKeys(List.of(pairs)));
  }

  /** A user in these roles who may follow everything, and administer as granted. */
  public static Caller granted(String name, String administer, String... roles) {
    Identity identity = new Identity(name, Set.of(roles), Optional.empty(), Optional.empty());
    Rights rights = administeredBy(administer).now().rights(identity);
    return new Caller("10.0.0.1", name, identity.roles(), rights, Optional.empty(), null);
  }

  /** Grants by which whoever follows may follow everything, and this is who administers. */
  public static Grants administeredBy(String administer) {
    return new Grants(Access.parse("", "anyone", administer));
  }
}
