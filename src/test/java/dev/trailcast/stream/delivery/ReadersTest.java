package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.HttpResponse;
import dev.trailcast.stream.wire.SseClient;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
  private static final Caller ANYBODY = TestCallers.of("127.0.0.1", null);

  @TempDir Path directory;

  @Test
  void giveBackThePlaceOfOneWhoseResponseCantBeEnded() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      FakeConnection connection = new FakeConnection();
      HttpResponse response =
          new HttpResponse(
              connection,
              null,
              null,
              () -> {
                throw new NoClassDefFoundError("on purpose");
              });
      HttpOutlet outlet =
          new HttpOutlet(response, new HttpOutlet.Options(Format.SSE, false, false, 2000));
      Place now = new Place(trail.trail.tail().head(), null);
      Seat seat = trail.readers.enter(ANYBODY, TestTrail.ASKED);
      trail.readers.follow(
          seat,
          outlet,
          reader -> new TrailFeed(trail.trail, reader, TestTrail.EVERYTHING, now, outlet, null));
      connection.await("opening", client -> client.events().size() == 1);

      connection.breakDown();
      trail.record("a");

      Await.until(() -> trail.readers.streams() == 0);
      trail.readers.drain(Duration.ofSeconds(Await.LIMIT_SECONDS)); // waits for nobody
      assertThat(trail.pumps.areAlive()).isTrue();
    }
  }

  @Test
  void haveToSayAnewWhoTheyAreWhenTheirLogInEnds() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      Instant end = Instant.now().plusSeconds(600);
      Caller alice = TestCallers.of("127.0.0.1", "alice");
      FakeConnection ofToken =
          follow(
              trail,
              new Caller(
                  alice.address(), "alice", alice.roles(), alice.rights(), Optional.of(end), null));
      FakeConnection ofUser = follow(trail, alice);
      FakeConnection ofNobody = follow(trail, ANYBODY);

      trail.readers.expire(end.minusMillis(1));
      trail.record("a");
      ofToken.await("what was recorded", client -> client.activities().size() == 1);
      trail.readers.expire(end);
      ofToken.await("the end", client -> closedAsExpired(client));
      Await.until(() -> trail.readers.streams() == 2);

      trail.readers.expire(Instant.now().plus(Duration.ofHours(13)));
      ofUser.await("the end", client -> closedAsExpired(client));
      Await.until(() -> trail.readers.streams() == 1);
      trail.record("b");
      ofNobody.await("all", client -> client.activities().size() == 2);
    }
  }

  @Test
  void areAskedAnewWhoTheyAreAndNoSinkOfTheApplications() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      trail.readers.register(sinkOfTheApplications(), TestTrail.EVERYTHING);
      FakeConnection alice = follow(trail, TestCallers.of("127.0.0.1", "alice"));
      FakeConnection nobody = follow(trail, ANYBODY);

      trail.readers.askAnew();

      alice.await("the end", client -> closedAsExpired(client));
      nobody.await("the end", client -> closedAsExpired(client));
      Await.until(() -> trail.readers.streams() == 1);
    }
  }

  private static SseEventSink sinkOfTheApplications() {
    return (SseEventSink)
        Proxy.newProxyInstance(
            ReadersTest.class.getClassLoader(),
            new Class<?>[] {SseEventSink.class},
            (sink, method, arguments) ->
                switch (method.getName()) {
                  case "send" -> CompletableFuture.completedFuture(null);
                  case "equals" -> sink == arguments[0];
                  case "hashCode" -> 1;
                  case "isClosed" -> false;
                  default -> null;
                });
  }

  private static boolean closedAsExpired(SseClient client) {
    return closed(client, "expired");
  }

  private static boolean closed(SseClient client, String reason) {
    return client.events().stream()
        .anyMatch(
            event ->
                event.name().equals("trailcast.closing")
                    && event.data().contains("\"reason\":\"" + reason + "\""));
  }

  private static FakeConnection follow(TestTrail trail, Caller caller) throws Exception {
    FakeConnection connection = new FakeConnection();
    HttpResponse response = new HttpResponse(connection, null, null, () -> {});
    HttpOutlet outlet =
        new HttpOutlet(response, new HttpOutlet.Options(Format.SSE, false, false, 2000));
    Place now = new Place(trail.trail.tail().head(), null);
    trail.readers.follow(
        trail.readers.enter(caller, TestTrail.ASKED),
        outlet,
        reader -> new TrailFeed(trail.trail, reader, TestTrail.EVERYTHING, now, outlet, null));
    connection.await("opening", client -> client.events().size() == 1);
    return connection;
  }

  @Test
  void areAllToldOfTheEndThoughOneCantBe() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      AtomicInteger told = new AtomicInteger();
      for (int i = 0; i < 10; i++) { // in whatever order they are told
        Seat seat = trail.readers.enter(ANYBODY, TestTrail.ASKED);
        seat.occupy(
            reason -> {
              seat.leave();
              told.incrementAndGet();
              throw new OutOfMemoryError("on purpose");
            });
      }

      trail.readers.drain(Duration.ofSeconds(Await.LIMIT_SECONDS));
      assertThat(told).hasValue(10);
    }
  }

  @Test
  void areListedInTheOrderInWhichTheyCameWithWhatTheyDo() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      follow(trail, TestCallers.of("10.0.0.1", "alice"));
      follow(trail, ANYBODY);
      trail.readers.enter(TestCallers.of("10.0.0.2", "alice"), TestTrail.ASKED);

      Await.until(() -> states(trail).equals("live live searching"));
      List<ReaderStatus> all = trail.readers.here(null, null, 100);

      assertThat(all).extracting(ReaderStatus::user).containsExactly("alice", null, "alice");
      assertThat(all)
          .extracting(ReaderStatus::address)
          .containsExactly("10.0.0.1", "127.0.0.1", "10.0.0.2");
      assertThat(all).allSatisfy(one -> assertThat(one.now().behind()).isZero());
      assertThat(ids(trail.readers.here(null, null, 2))).isEqualTo(ids(all).subList(0, 2));
      assertThat(ids(trail.readers.here(all.get(0).id(), null, 2)))
          .isEqualTo(ids(all).subList(1, 3));
      assertThat(ids(trail.readers.here(null, "alice", 100)))
          .containsExactly(all.get(0).id(), all.get(2).id());
      assertThatThrownBy(() -> trail.readers.here("elsewhere-1", null, 100))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("after must be the id of a reader that is here, or was, not elsewhere-1");
    }
  }

  private static String states(TestTrail trail) {
    return trail.readers.here(null, null, 100).stream()
        .map(one -> one.now().state().toString())
        .collect(Collectors.joining(" "));
  }

  private static List<String> ids(List<ReaderStatus> readers) {
    return readers.stream().map(ReaderStatus::id).toList();
  }

  @Test
  void endOneByOne() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      FakeConnection first = follow(trail, ANYBODY);
      FakeConnection second = follow(trail, ANYBODY);
      String id = trail.readers.here(null, null, 1).get(0).id();

      assertThat(trail.readers.end(id)).map(ReaderStatus::id).contains(id);
      first.await("the end", client -> closed(client, "ended"));
      Await.until(() -> trail.readers.here(null, null, 100).size() == 1);
      assertThat(trail.readers.end(id)).isEmpty();
      assertThat(trail.readers.end("elsewhere-1")).isEmpty();
      assertThat(trail.readers.end(id + "x")).isEmpty();

      trail.record("a");
      second.await("what was recorded", client -> client.activities().size() == 1);
    }
  }

  @Test
  void haveToSayAnewWhoTheyAreWhenTheirSessionEndsOrIsAnothers() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 100)) {
      FakeConnection alice = follow(trail, inSession("alice", "s1"));
      FakeConnection elsewhere = follow(trail, inSession("alice", "s2"));

      FakeConnection bob = follow(trail, inSession("bob", "s1"));
      alice.await("the end", ReadersTest::closedAsExpired);
      Await.until(() -> trail.readers.streams() == 2);

      trail.record("a");
      bob.await("what was recorded", client -> client.activities().size() == 1);
      elsewhere.await("what was recorded", client -> client.activities().size() == 1);
    }
  }

  private static Caller inSession(String user, String session) {
    Caller caller = TestCallers.of("127.0.0.1", user);
    return new Caller(
        caller.address(), user, caller.roles(), caller.rights(), caller.until(), session);
  }
}
