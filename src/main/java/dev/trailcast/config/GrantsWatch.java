package dev.trailcast.config;

import dev.trailcast.container.ContainerThreads;
import dev.trailcast.container.Enduring;
import dev.trailcast.security.Access;
import dev.trailcast.security.Grants;
import dev.trailcast.security.Right;
import dev.trailcast.security.SecuritySettings;
import dev.trailcast.security.WriteKeys;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * Notices that other grants are configured, while the application runs: a source of MicroProfile
 * Config may change. Nobody who has no right any more goes on for longer than three looks. What is
 * not allowed is told, and changes nothing.
 *
 * <p>What anyone may do is never more than when the application started: what protects a server
 * where nobody logs in is decided then.
 */
@ApplicationScoped
public class GrantsWatch {
  private static final Logger LOG = System.getLogger(GrantsWatch.class.getName());

  static final Duration PERIOD = Duration.ofSeconds(8);

  private static final List<String> KEYS =
      Stream.of(Right.values()).map(right -> "trailcast.access." + right).toList();

  // fixed at birth
  private final Supplier<Config> configuration;
  private final SecuritySettings atStart;
  private final WriteKeys writeKeys;
  private final Grants grants;

  // one thread at a time
  private List<String> known;
  private boolean changed; // with the last look

  private volatile Future<?> looking;

  /** Looks into the application's configuration. */
  @Inject
  public GrantsWatch(SecuritySettings atStart, WriteKeys writeKeys, Grants grants) {
    this(Settings::configuration, atStart, writeKeys, grants);
  }

  /** For the client proxy that CDI makes. */
  GrantsWatch() {
    configuration = null;
    atStart = null;
    writeKeys = null;
    grants = null;
  }

  GrantsWatch(
      Supplier<Config> configuration,
      SecuritySettings atStart,
      WriteKeys writeKeys,
      Grants grants) {
    this.configuration = configuration;
    this.atStart = atStart;
    this.writeKeys = writeKeys;
    this.grants = grants;
    this.known = texts();
  }

  void begin(
      @Observes @Initialized(ApplicationScoped.class) Object application,
      ContainerThreads threads) {
    if (looking == null) { // it may be announced twice
      Runnable enduring =
          new Enduring(LOG, "TRAIL0505E: The grants could not be looked at", this::look);
      looking = threads.repeat(enduring, PERIOD, PERIOD);
    }
  }

  @PreDestroy
  void end() {
    if (looking != null) {
      looking.cancel(false);
    }
  }

  /** Whether they have changed since the last time. */
  void look() {
    List<String> now = texts();
    if (changed) { // who was on the way in then is here by now
      changed = false;
      grants.askAnew();
    }
    if (!now.equals(known)) {
      known = now;
      take();
    }
  }

  private void take() {
    try {
      Access access = Settings.access(new Keys(configuration.get(), Set.of()));
      Settings.checkKeys(access, writeKeys);
      checkOpenness(access);
      grants.become(access);
    } catch (BadSettingException e) {
      String problem = e.getMessage();
      LOG.log(
          Level.ERROR,
          "TRAIL0506E: Other grants are configured, but those from before stay: " + problem);
      return;
    }
    LOG.log(
        Level.INFO,
        "TRAIL0507I: Other grants are configured: whoever follows is asked anew who it is");
    changed = true;
    grants.askAnew();
  }

  private void checkOpenness(Access access) {
    Set<Right> opened = new HashSet<>(access.openToAnyone());
    opened.removeAll(atStart.access().openToAnyone());
    if (!opened.isEmpty()) {
      throw new BadSettingException(
          "what is granted to anyone must have been when the application started; restart it");
    }
  }

  private List<String> texts() {
    Config config = configuration.get();
    return KEYS.stream().map(key -> config.getOptionalValue(key, String.class).orElse("")).toList();
  }
}
