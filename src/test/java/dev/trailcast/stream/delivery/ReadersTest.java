package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.security.Caller;
import dev.trailcast.security.TestCallers;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.HttpResponse;
import dev.trailcast.stream.wire.SseClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
      Seat seat = trail.readers.enter(ANYBODY);
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
                  alice.address(), "alice", alice.roles(), alice.rights(), Optional.of(end)));
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

  private static boolean closedAsExpired(SseClient client) {
    return client.events().stream()
        .anyMatch(
            event ->
                event.name().equals("trailcast.closing") && event.data().contains("\"expired\""));
  }

  private static FakeConnection follow(TestTrail trail, Caller caller) throws Exception {
    FakeConnection connection = new FakeConnection();
    HttpResponse response = new HttpResponse(connection, null, null, () -> {});
    HttpOutlet outlet =
        new HttpOutlet(response, new HttpOutlet.Options(Format.SSE, false, false, 2000));
    Place now = new Place(trail.trail.tail().head(), null);
    trail.readers.follow(
        trail.readers.enter(caller),
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
        Seat seat = trail.readers.enter(ANYBODY);
        seat.occupy(
            () -> {
              seat.leave();
              told.incrementAndGet();
              throw new OutOfMemoryError("on purpose");
            });
      }

      trail.readers.drain(Duration.ofSeconds(Await.LIMIT_SECONDS));
      assertThat(told).hasValue(10);
    }
  }
}
