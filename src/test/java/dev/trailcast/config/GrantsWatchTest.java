package dev.trailcast.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.LogRecorder;
import dev.trailcast.security.Access;
import dev.trailcast.security.Grants;
import dev.trailcast.security.Right;
import dev.trailcast.security.SecuritySettings;
import dev.trailcast.security.WriteKeys;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantsWatchTest {
  private static final String SUBSCRIBE = "trailcast.access.subscribe";

  private final LogRecorder log = new LogRecorder(GrantsWatch.class);
  private final Map<String, String> configured = new HashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private Grants grants;
  private GrantsWatch watch;

  @BeforeEach
  void begin() {
    configured.put("trailcast.access.publish", "key:web");
    configured.put(SUBSCRIBE, "anyone, user:bob");
    SecuritySettings atStart =
        new SecuritySettings(Access.parse("key:web", "anyone, user:bob", ""), null, "", Set.of());
    grants = new Grants(atStart);
    grants.onAskAnew(asked::incrementAndGet);
    WriteKeys keys = new WriteKeys(List.of("web:0123456789abcdef"));
    watch = new GrantsWatch(this::config, atStart, keys, grants);
  }

  @AfterEach
  void end() {
    log.close();
  }

  private Config config() {
    return new SmallRyeConfigBuilder()
        .withSources(new PropertiesConfigSource(Map.copyOf(configured), "configured", 100))
        .build();
  }

  @Test
  void asksNobodyAnewWhileTheSameIsConfigured() {
    watch.look();
    watch.look();

    assertThat(asked).hasValue(0);
  }

  @Test
  void takesWhatIsConfiguredNowAndAsksEverybodyAnewAndOnceMoreWhoeverWasOnTheWayIn() {
    configured.put(SUBSCRIBE, "user:alice");

    watch.look();
    assertThat(grants.now().subscribe()).isEqualTo(Access.parse("", "user:alice", "").subscribe());
    assertThat(grants.now().openToAnyone()).isEmpty();
    assertThat(asked).hasValue(1);

    watch.look();
    watch.look();
    assertThat(asked).hasValue(2);
  }

  @Test
  void goesByWhatWasThereBeforeWhereSomethingIsNotAllowedAndSaysSoOnce() {
    configured.put(SUBSCRIBE, "everybody");

    watch.look();
    watch.look();

    assertThat(asked).hasValue(0);
    assertThat(grants.now().openToAnyone()).containsExactly(Right.SUBSCRIBE);
    assertThat(log.messages())
        .singleElement()
        .asString()
        .contains("those from before stay", "trailcast.access.subscribe", "everybody");
  }

  @Test
  void opensNothingToAnyoneThatWasNotWhenTheApplicationStarted() {
    configured.put("trailcast.access.publish", "anyone");

    watch.look();

    assertThat(grants.now().openToAnyone()).containsExactly(Right.SUBSCRIBE);
    assertThat(log.messages()).singleElement().asString().contains("restart");
  }

  @Test
  void grantsNothingToAWriteKeyThatThereIsNot() {
    configured.put("trailcast.access.publish", "key:app");

    watch.look();

    assertThat(grants.now().keys()).containsExactly("web");
    assertThat(log.messages()).singleElement().asString().contains("key:app");
  }
}
