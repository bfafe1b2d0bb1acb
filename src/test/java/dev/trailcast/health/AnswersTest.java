package dev.trailcast.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.canary.Canary;
import dev.trailcast.canary.CanarySettings;
import dev.trailcast.container.ContainerThreads;
import dev.trailcast.health.HealthSettings.NearLimit;
import dev.trailcast.http.HostedApplication;
import dev.trailcast.ingest.outbox.Outbox;
import dev.trailcast.journal.Announcements;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalStatus;
import dev.trailcast.journal.embedded.EmbeddedJournal;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.journal.writer.JournalSettings;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.StreamLifecycle;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.follow.Followers;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered, and that it is, whatever does not get on. */
class AnswersTest {
  @TempDir Path directory;

  @BeforeAll
  static void answerAsAServer() {
    HealthCheckResponse.setResponseProvider(new Provider());
  }

  @AfterAll
  static void answerNoMore() {
    HealthCheckResponse.setResponseProvider(null);
  }

  @Test
  void waitForNobodyWhereDiskAndTailAreStuck() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    try (TestTrail trail = new TestTrail(directory.resolve("trail"), 10);
        EmbeddedJournal journal =
            new EmbeddedJournal(
                new JournalSettings(
                    directory.resolve("stuck"),
                    new Retention(Duration.ofDays(1), 1_000, 1 << 30),
                    100,
                    1 << 20),
                Thread::new,
                Clock.systemUTC(),
                page -> hold(stuck, released))) {
      journal.start();
      journal.append(List.of(EncodedActivity.of(Activity.of("alice", "stuck"))));
      assertThat(stuck.await(Await.LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      synchronized (trail.trail.tail()) {
        for (HealthCheck check : checks(journal, trail.readers)) {
          CompletableFuture<HealthCheckResponse> answer =
              CompletableFuture.supplyAsync(check::call);

          assertThat(answer.get(Await.LIMIT_SECONDS, TimeUnit.SECONDS).getName())
              .startsWith("trailcast-");
        }
      }
      released.countDown();
    }
  }

  @Test
  void lookAtNothingWhereTheApplicationDoesNotRun() throws Exception {
    for (Check check :
        List.of(
            new Ready(),
            new Follows(),
            new ComesThrough(),
            new Roomy(),
            new Started(),
            new Live())) { // without anything that could be looked at
      HealthCheckResponse answer = with(check, new HostedApplication()).call();

      boolean mayStay = check instanceof Live;
      assertThat(answer.getStatus() == HealthCheckResponse.Status.UP).isEqualTo(mayStay);
      assertThat(answer.getData().orElseThrow().get("problem"))
          .isEqualTo(mayStay ? null : "the application is starting, or has ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "journal", "tail", "observers", "outbox", "scheduled"})
  void sayWhichThreadHasEndedThatLasts(String ended) throws Exception {
    HealthCheckResponse answer = live(ended).call();

    boolean all = ended.equals("none");
    assertThat(answer.getStatus() == HealthCheckResponse.Status.UP).isEqualTo(all);
    Map<String, Object> data = answer.getData().orElseThrow();
    assertThat(data.containsKey("problem")).isNotEqualTo(all);
    data.keySet().removeAll(Set.of("application", "problem"));
    assertThat(data).hasSize(5);
    data.forEach((thread, lives) -> assertThat(lives).isEqualTo(!thread.equals(ended)));
  }

  private static Live live(String ended) throws Exception {
    JournalStatus status =
        new JournalStatus(null, !ended.equals("journal"), 0, 0, null, 0, 0, Duration.ZERO);
    Object journal =
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (proxy, method, arguments) -> status);
    StreamLifecycle tail =
        new StreamLifecycle() {
          @Override
          public boolean isAlive() {
            return !ended.equals("tail");
          }
        };
    Announcements observers =
        new Announcements() {
          @Override
          public boolean isAlive() {
            return !ended.equals("observers");
          }
        };
    Outbox outbox =
        new Outbox(null, null, null) {
          @Override
          public boolean isAlive() {
            return !ended.equals("outbox");
          }
        };
    ContainerThreads scheduled =
        new ContainerThreads() {
          @Override
          public boolean areRepeating() {
            return !ended.equals("scheduled");
          }
        };
    return with(new Live(), journal, tail, observers, outbox, scheduled, running());
  }

  @Test
  void sayThatReadersAreLetGo() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      Follows follows = follows(trail.readers);
      assertThat(follows.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

      trail.readers.drain(Duration.ZERO);
      HealthCheckResponse answer = follows.call();
      assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
      assertThat(answer.getData().orElseThrow().get("problem").toString())
          .startsWith("the application ends");

      trail.readers.reopen();
      assertThat(follows.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }
  }

  @Test
  void onlySayThatALimitIsNearWhereThatIsWished() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      for (NearLimit meaning : NearLimit.values()) {
        HealthSettings settings = new HealthSettings(meaning, Long.MAX_VALUE);
        Limits limits = new Limits(settings, trail.journal, trail.readers);
        Roomy roomy = with(new Roomy(), limits, running());
        assertThat(roomy.call().getData().orElseThrow()).containsOnlyKeys("application");

        limits.look();

        HealthCheckResponse answer = roomy.call();
        boolean warns = meaning == NearLimit.WARN;
        assertThat(answer.getStatus() == HealthCheckResponse.Status.UP).isEqualTo(warns);
        assertThat(answer.getData().orElseThrow())
            .containsOnlyKeys("application", warns ? "notice" : "problem");
      }
    }
  }

  private static void hold(CountDownLatch stuck, CountDownLatch released) {
    stuck.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<HealthCheck> checks(Journal journal, Readers readers) throws Exception {
    HealthSettings settings = new HealthSettings(NearLimit.UNREADY, 0);
    Duration second = Duration.ofSeconds(1);
    return List.of(
        with(new Ready(), journal, readers, outbox(), running()),
        follows(readers),
        with(
            new ComesThrough(),
            new Canary(new CanarySettings(second, second), journal, readers),
            running()),
        with(new Roomy(), new Limits(settings, journal, readers), running()),
        with(new Started(), readers, running()));
  }

  /** That there is none. */
  private static Outbox outbox() throws ReflectiveOperationException {
    Constructor<Outbox> constructor = Outbox.class.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static Follows follows(Readers readers) throws Exception {
    return with(
        new Follows(),
        readers,
        with(new StreamLifecycle(), readers),
        new Followers(null, null, null, null),
        running());
  }

  /** As CDI has told it that it is. */
  private static HostedApplication running() throws ReflectiveOperationException {
    HostedApplication application = new HostedApplication();
    Field running = HostedApplication.class.getDeclaredField("running");
    running.setAccessible(true);
    running.set(application, true);
    return application;
  }

  /** As CDI does. */
  private static <T> T with(T bean, Object... injected) throws IllegalAccessException {
    for (Object each : injected) {
      for (Field field : fields(bean.getClass()).toList()) {
        if (field.getType().isInstance(each) && field.getType() != Object.class) {
          field.setAccessible(true);
          field.set(bean, each);
        }
      }
    }
    return bean;
  }

  private static Stream<Field> fields(Class<?> type) {
    return Stream.of(type, type.getSuperclass()).map(Class::getDeclaredFields).flatMap(Stream::of);
  }

  private static final class Provider implements HealthCheckResponseProvider {
    @Override
    public HealthCheckResponseBuilder createResponseBuilder() {
      return new PlainResponse();
    }
  }

  /** What a server makes JSON of. */
  private static final class PlainResponse extends HealthCheckResponseBuilder {
    private final Map<String, Object> data = new TreeMap<>();
    private String name;
    private boolean up;

    @Override
    public HealthCheckResponseBuilder name(String given) {
      name = given;
      return this;
    }

    @Override
    public HealthCheckResponseBuilder withData(String key, String value) {
      data.put(key, value);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder withData(String key, long value) {
      data.put(key, value);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder withData(String key, boolean value) {
      data.put(key, value);
      return this;
    }

    @Override
    public HealthCheckResponseBuilder up() {
      return status(true);
    }

    @Override
    public HealthCheckResponseBuilder down() {
      return status(false);
    }

    @Override
    public HealthCheckResponseBuilder status(boolean given) {
      up = given;
      return this;
    }

    @Override
    public HealthCheckResponse build() {
      return new HealthCheckResponse(
          name,
          up ? HealthCheckResponse.Status.UP : HealthCheckResponse.Status.DOWN,
          Optional.of(data));
    }
  }
}
