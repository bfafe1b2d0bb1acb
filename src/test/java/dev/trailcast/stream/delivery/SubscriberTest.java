package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.Await;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.journal.store.Retention;
import dev.trailcast.stream.pump.PumpCount;
import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.search.TestSearches;
import dev.trailcast.stream.trail.HistoryPage;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.StartingPoint;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.Gzip;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.SseClient;
import dev.trailcast.stream.wire.TestFrames;
import dev.trailcast.stream.wire.TransientEvent;
import dev.trailcast.stream.wire.WriteBuffer;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubscriberTest {
  private static final int SMALL_TAIL = 50;

  @TempDir Path directory;

  @Test
  void keepsNoPageOfHistoryWhileItsReaderStalls() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10)) {
      for (int n = 0; n < 12; n++) {
        trail.record(
            Stream.generate(() -> Activity.of("alice", "a").withData("x".repeat(8_000)))
                .limit(300)
                .toList());
      }
      FakeConnection stalled = new FakeConnection();
      stalled.stall();
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head().at(0), null), stalled);
      stalled.awaitHeld();
      WeakReference<HistoryPage> page =
          new WeakReference<>(trail.trail.history().await(0)); // of which it has had a part
      for (int n = 300; n < 3_590; n += 30) { // others drive it out
        trail.trail.history().await(n);
      }

      Await.until(
          "the page to be let go",
          () -> {
            System.gc();
            return page.get() == null;
          });
      stalled.breakDown();
    }
  }

  @Test
  void opensTheStreamWithWhereItIsAndWhetherItIsLive() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      StreamPosition head = trail.record("a", "b").get(1);
      awaitHead(trail, head);

      FakeConnection reader = trail.followFrom(head.offset());

      reader.await("opening", client -> client.events().size() == 1);
      assertThat(reader.text())
          .isEqualTo(
              ":hb\nretry: 2000\nevent: trailcast.position\ndata: {\"live\":true}\nid: "
                  + head
                  + "\n\n");
    }
  }

  @Test
  void givesWhatIsRecordedFromNowOnInOrder() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      FakeConnection reader = trail.followFrom(0);
      reader.await("opening", client -> client.events().size() == 1);

      List<StreamPosition> positions = trail.record("a", "b", "c");

      reader.await("three", client -> client.activities().size() == 3);
      reader.await("names", client -> names(client).equals(List.of("a", "b", "c")));
      reader.await(
          "positions",
          client ->
              client.activities().stream()
                  .map(SseClient.Event::lastEventId)
                  .toList()
                  .equals(positions.stream().map(Object::toString).toList()));
    }
  }

  @Test
  void catchesUpFromHistoryOverTheTailToLiveWithoutAGapOrADuplicate() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      trail.record(1, 2_000);
      FakeConnection reader = trail.followFrom(0);
      for (int n = 2_001; n <= 4_000; n += 20) {
        trail.record(n, 20); // history, tail and live meet while it is on its way
      }

      reader.await("all", client -> client.activities().size() >= 4_000);
      reader.await("each once", client -> subjects(client).equals(numbers(1, 4_000)));
      reader.await("live, once", client -> liveSaid(client) == 1);
    }
  }

  @Test
  void saysThatItIsNotLiveYetWhereItHasToCatchUp() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      awaitHead(trail, trail.record(1, 500).get(499));
      FakeConnection reader = trail.followFrom(0);

      reader.await("live", client -> liveSaid(client) == 1);
      reader.await(
          "not live first",
          client ->
              client.controls(ControlEvent.POSITION).get(0).data().equals("{\"live\":false}"));
    }
  }

  @Test
  void givesAFilteredReaderExactlyItsOwnFromHistoryTailAndLive() throws Exception {
    View bobs =
        new View(
            new ActivityFilter(Terms.ANY, Terms.parse(List.of("bob")), Terms.ANY, Terms.ANY),
            Viewer.ANONYMOUS);
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      trail.record(alternating(1, 1_000));
      FakeConnection reader = trail.follow(bobs, new Place(trail.trail.tail().head().at(0), null));
      trail.record(alternating(1_001, 1_000));

      reader.await("all of his", client -> client.activities().size() >= 1_000);
      reader.await(
          "his alone",
          client ->
              subjects(client)
                  .equals(
                      IntStream.rangeClosed(1, 2_000)
                          .filter(n -> n % 2 == 0)
                          .mapToObj(Integer::toString)
                          .toList()));
    }
  }

  @Test
  void showsNobodyUnknownWhatHasAnAudience() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      FakeConnection live = trail.followFrom(0);
      Activity secret = Activity.of("alice", "secret").withAudience("bob role:admin");
      trail.record(List.of(secret, Activity.of("alice", "open.one")));
      FakeConnection replayed = trail.followFrom(0);
      View bobs = new View(ActivityFilter.ALL, new Viewer("bob", java.util.Set.of()));
      FakeConnection bob = trail.follow(bobs, new Place(trail.trail.tail().head().at(0), null));

      live.await("the open one", client -> names(client).equals(List.of("open.one")));
      replayed.await("the open one", client -> names(client).equals(List.of("open.one")));
      bob.await("both", client -> names(client).equals(List.of("secret", "open.one")));
    }
  }

  @Test
  void tellsAReaderOnTheWayThatRetentionHasOvertakenIt() throws Exception {
    Retention few = new Retention(Duration.ofDays(1), 300, 1L << 30);
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL, few)) {
      trail.record(1, 200);
      FakeConnection reader = new FakeConnection();
      reader.stall();
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head().at(0), null), reader);
      reader.awaitHeld();
      for (int n = 201; n <= 20_000; n += 200) {
        trail.record(n, 200);
      }
      trail.awaitFloor(10_000); // far behind what the reader holds a page of

      reader.resume();

      reader.await("the newest", client -> subjects(client).contains("20000"));
      reader.await(
          "every hole announced",
          client -> {
            long at = 0;
            for (SseClient.Event event : client.events()) {
              long offset = StreamPosition.parse(event.lastEventId()).orElseThrow().offset();
              if (event.name().equals("counted") && offset != at + 1) {
                return false;
              }
              at = offset;
            }
            return !client.controls(ControlEvent.GAP).isEmpty();
          });
    }
  }

  @Test
  void announcesAGapWithoutAnIdBeforeIt() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      StreamPosition head = trail.record("a").get(0);
      Gap gap = new Gap(Gap.Reason.UNKNOWN, "x\n\"y", head);
      FakeConnection reader = trail.follow(TestTrail.EVERYTHING, new Place(head, gap));

      reader.await("gap", client -> client.controls(ControlEvent.GAP).size() == 1);
      assertThat(reader.text())
          .startsWith(
              ":hb\nretry: 2000\nevent: trailcast.position\ndata: {\"live\":false}\n\n"
                  + "event: trailcast.gap\n"
                  + "data: {\"reason\":\"unknown\",\"requested\":\"x\\n\\\"y\",\"resumed\":\""
                  + head
                  + "\"}\nid: "
                  + head
                  + "\n\n");
    }
  }

  @Test
  void movesThePositionOfAReaderToWhomNothingMatches() throws Exception {
    View nothing =
        new View(
            new ActivityFilter(Terms.parse(List.of("no.such")), Terms.ANY, Terms.ANY, Terms.ANY),
            Viewer.ANONYMOUS);
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      FakeConnection reader = trail.follow(nothing, new Place(trail.trail.tail().head(), null));
      reader.await("opening", client -> client.events().size() == 1);
      StreamPosition head = trail.record(1, 500).get(499);
      awaitHead(trail, head);

      beat(trail);

      reader.await("the head", client -> client.lastEventId().equals(head.toString()));
      reader.await("as position", client -> client.events().size() == 2);
      assertThat(reader.text())
          .endsWith("event: trailcast.position\ndata: {\"live\":true}\nid: " + head + "\n\n");

      beat(trail); // nothing has moved

      reader.await("a comment", client -> client.comments().size() == 2);
      assertThat(reader.text()).endsWith("\n\n:hb\n");
    }
  }

  @Test
  void tellsNobodyThatSomethingIsRecordedWhichItMayNotSee() throws Exception {
    Activity secret = Activity.of("alice", "secret").withAudience("bob");
    View nothing = TestFrames.ofActor("nobody");
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      StreamPosition open = trail.record("open").get(0);
      Await.until(() -> trail.trail.tail().head().equals(open));
      FakeConnection everything = trail.follow(TestTrail.EVERYTHING, new Place(open, null));
      FakeConnection little = trail.follow(nothing, new Place(open, null));
      for (FakeConnection reader :
          List.of(everything, little)) { // else its opening is what it gets
        reader.await("opening", client -> client.events().size() == 1);
      }
      StreamPosition closed = trail.record(List.of(secret, secret)).get(1);
      Await.until(() -> trail.trail.tail().head().equals(closed));

      beat(trail);

      for (FakeConnection reader : List.of(everything, little)) {
        reader.await("a heartbeat", client -> client.comments().size() == 2);
        assertThat(reader.text()).endsWith("data: {\"live\":true}\nid: " + open + "\n\n:hb\n");
      }
      FakeConnection again = trail.follow(TestFrames.ofActor("who"), new Place(open, null));
      again.await("opening", client -> client.events().size() == 1);
      beat(trail);
      again.await("a heartbeat", client -> client.comments().size() == 2);
      assertThat(again.text()).endsWith("data: {\"live\":true}\nid: " + open + "\n\n:hb\n");
    }
  }

  @Test
  void putsManyActivitiesIntoOneWrite() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 5_000)) {
      FakeConnection reader = new FakeConnection();
      reader.stall();
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
      reader.awaitHeld();
      trail.record(1, 1_000);
      reader.resume();

      reader.await("all", client -> client.activities().size() == 1_000);
      assertThat(reader.writes()).isLessThan(20);
    }
  }

  @Test
  void givesAReaderOfGzipAllThatThereIsBeforeItSaysThatItIsLive() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 10_000)) {
      awaitHead(trail, trail.record(1, 2_000).get(1_999)); // by one who has left
      trail.readers.subscribers().forEach(Subscriber::close);
      Await.until("nobody to be there", () -> trail.readers.streams() == 0);
      FakeConnection plain = trail.followFrom(2_000); // its channel begins here
      StreamPosition head = trail.record(2_001, 2_000).get(1_999);
      plain.await("the head", client -> client.lastEventId().equals(head.toString()));

      for (int begun = 0;
          begun < 400;
          begun += 50) { // so the write is full at one place or another
        int from = begun;
        FakeConnection packed = new FakeConnection(new Gzip(trail.trail.compression()));
        trail.follow(TestTrail.EVERYTHING, new Place(head.at(from), null), packed);
        packed.await("live", client -> liveSaid(client) == 1);
        assertThat(subjects(packed)).isEqualTo(numbers(from + 1, 4_000));
      }
    }
  }

  @Test
  void endsOnceThoughWhoHearsOfItFails() throws Exception {
    try (TestTrail running = new TestTrail(directory, 10)) {
      Pumps nobody = new Pumps(new PumpCount(1, 1), Thread::new);
      AtomicInteger endings = new AtomicInteger();
      FakeConnection connection = new FakeConnection();
      Outlet outlet =
          new HttpOutlet(
              connection.response(), new HttpOutlet.Options(Format.SSE, false, false, 2000));
      Place now = new Place(running.trail.tail().head(), null);
      Subscriber reader =
          new Subscriber(
              nobody,
              its -> new TrailFeed(running.trail, its, TestTrail.EVERYTHING, now, outlet, null),
              outlet,
              running.readers.retry(),
              (ended, reason, cause) -> {
                endings.incrementAndGet();
                throw new NoClassDefFoundError("of a listener");
              });
      reader.start();
      reader.close();

      assertThatThrownBy(() -> reader.serve(new WriteBuffer(), new Frame[1], System.nanoTime()))
          .isInstanceOf(NoClassDefFoundError.class);
      assertThat(endings).hasValue(1);
      connection.awaitEnd();
    }
  }

  @Test
  void packsForManyReadersWhatOneOfThemGets() throws Exception {
    try (TestTrail trail = new TestTrail(directory, 5_000)) {
      List<FakeConnection> readers = new ArrayList<>();
      StreamPosition head = trail.trail.tail().head();
      for (int i = 0; i < 20; i++) {
        FakeConnection reader = new FakeConnection(new Gzip(trail.trail.compression()));
        readers.add(reader);
        trail.follow(TestTrail.EVERYTHING, new Place(head, null), reader);
        head = trail.record(i * 20, 20).get(19);
      }
      trail.trail.tail().add(new TransientEvent(new PlainSseEvent("hello", null, "everybody")));
      trail.record(400, 600);

      for (int i = 0; i < readers.size(); i++) {
        int begun = i * 20;
        readers.get(i).await("all", client -> client.activities().size() == 1_000 - begun + 1);
        assertThat(subjects(readers.get(i)))
            .filteredOn(subject -> subject != null)
            .isEqualTo(IntStream.range(begun, 1_000).mapToObj(Integer::toString).toList());
      }
      trail.readers.drain(Duration.ofSeconds(20));
      for (FakeConnection reader : readers) {
        byte[] whole =
            new GZIPInputStream(new ByteArrayInputStream(reader.packed())).readAllBytes();
        assertThat(new String(whole, StandardCharsets.UTF_8))
            .isEqualTo(reader.text())
            .contains("trailcast.closing");
      }
    }
  }

  private static List<String> subjects(FakeConnection reader) {
    List<String> subjects = new ArrayList<>();
    reader.await(
        "any",
        client -> {
          for (SseClient.Event event : client.activities()) {
            if (event.data().startsWith("{")) {
              subjects.add(ActivityReader.read(event.data()).subject());
            }
          }
          return true;
        });
    return subjects;
  }

  @Test
  void keepsAReaderToItsRateGivingItTheLastStateOfEverythingAndSayingWhatItLeftOut()
      throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      FakeConnection reader = trail.followAtRate(2);
      reader.await("opening", client -> client.events().size() == 1);

      List<Activity> moves = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        moves.add(Activity.of("actor-" + i % 3, "moved").withData(i));
      }
      StreamPosition head = trail.record(moves).get(299);

      reader.await(
          "the last state",
          client ->
              client.activities().stream()
                  .anyMatch(event -> event.lastEventId().equals(head + "")));
      trail.record("afterwards");
      reader.await(
          "what was left out",
          client -> client.controls("trailcast.conflated").stream().anyMatch(event -> true));
      reader.await("the one afterwards", client -> names(client).contains("afterwards"));
      List<String> data =
          activities(reader).stream().map(Activity::data).map(String::valueOf).toList();
      assertThat(data).contains("297", "298", "299").hasSizeLessThan(20);
      assertThat(data.indexOf("297")).isLessThan(data.indexOf("298"));
    }
  }

  @Test
  void givesWhatItHoldsBackBeforeItAnnouncesAGap() throws Exception {
    Retention few = new Retention(Duration.ofDays(1), 300, 1L << 30);
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL, few)) {
      FakeConnection reader = trail.followAtRate(10);
      reader.await("opening", client -> client.events().size() == 1);
      trail.record(1, 30);
      reader.await("one of them", client -> !client.activities().isEmpty());
      reader.stall();
      reader.awaitHeld(); // with another one
      for (int n = 31; n <= 20_000; n += 200) {
        trail.record(n, 200);
      }
      trail.awaitFloor(10_000);

      reader.resume();

      reader.await("the gap", client -> !client.controls(ControlEvent.GAP).isEmpty());
      reader.await(
          "more behind it", client -> offsets(client).get(offsets(client).size() - 1) > 10_000);
      reader.await(
          "in order", client -> offsets(client).stream().sorted().toList().equals(offsets(client)));
      assertThat(subjects(reader)).containsAll(numbers(1, 30));
    }
  }

  @Test
  void givesAJoinerTheNewestOfEachAndThenEverything() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      List<Activity> moves = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) { // far beyond the tail
        moves.add(Activity.of(i < 10 ? "early" : "actor-" + i % 5, "moved").withData(i));
      }
      awaitHead(trail, trail.record(moves).get(999));
      trail.record("unrelated");

      StartingPoint latest = new StartingPoint.Latest(Attribute.ACTOR);
      FakeConnection reader =
          trail.follow(
              TestTrail.EVERYTHING,
              TestSearches.all(latest.in(trail.reader, trail.trail.tail(), TestTrail.EVERYTHING)));
      reader.await("live", client -> client.controls("trailcast.position").size() == 2);
      trail.record(List.of(Activity.of("alice", "moved").withData("live")));
      trail.record(List.of(Activity.of("alice", "moved").withData("live, too")));

      reader.await("live ones", client -> client.activities().size() >= 9);
      assertThat(activities(reader).stream().map(Activity::data).map(String::valueOf).toList())
          .containsExactly(
              "9", "995", "996", "997", "998", "999", "null", "\"live\"", "\"live, too\"");
    }
  }

  private static List<Activity> activities(FakeConnection reader) {
    List<Activity> activities = new ArrayList<>();
    reader.await(
        "any",
        client -> {
          client.activities().forEach(event -> activities.add(ActivityReader.read(event.data())));
          return true;
        });
    return activities;
  }

  @Test
  void sendsAnEventToOneReaderAlone() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      FakeConnection one = trail.followFrom(0);
      Subscriber subscriber = trail.readers.subscribers().iterator().next();
      FakeConnection other = trail.followFrom(0);

      subscriber
          .send(new PlainSseEvent("hint", "7", "for you\nalone"))
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
      trail.record("a");

      one.await("hint", client -> names(client).equals(List.of("hint", "a")));
      other.await("no hint", client -> names(client).equals(List.of("a")));
      assertThat(one.text()).contains("event: hint\ndata: for you\ndata: alone\n\n");
    }
  }

  @Test
  void tellsTheSenderWhereAReaderDoesNotReadAndWhenItIsClosed() throws Exception {
    try (TestTrail trail = new TestTrail(directory, SMALL_TAIL)) {
      FakeConnection reader = new FakeConnection();
      reader.stall();
      trail.follow(TestTrail.EVERYTHING, new Place(trail.trail.tail().head(), null), reader);
      Subscriber subscriber = trail.readers.subscribers().iterator().next();
      reader.awaitHeld();
      PlainSseEvent event = new PlainSseEvent("hint", null, "x");
      for (int i = 0; i < Outbox.MOST; i++) {
        assertThat(subscriber.send(event).toCompletableFuture()).isNotDone();
      }
      assertThat(subscriber.send(event).toCompletableFuture()).isCompletedExceptionally();

      subscriber.close();
      assertThatThrownBy(() -> subscriber.send(event)).isInstanceOf(IllegalStateException.class);
      reader.resume();
      reader.awaitEnd();
      subscriber.close();
      assertThat(subscriber.isClosed()).isTrue();
    }
  }

  private static void awaitHead(TestTrail trail, StreamPosition head) {
    trail.followFrom(0).await("head", client -> client.lastEventId().equals(head.toString()));
  }

  private static void beat(TestTrail trail) {
    trail.readers.subscribers().forEach(each -> each.beat(System.nanoTime(), -1));
  }

  private static List<Activity> alternating(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(n -> Activity.of(n % 2 == 0 ? "bob" : "alice", "did", Integer.toString(n)))
        .toList();
  }

  private static long liveSaid(SseClient client) {
    return client.controls(ControlEvent.POSITION).stream()
        .filter(event -> event.data().equals("{\"live\":true}"))
        .count();
  }

  private static List<Long> offsets(SseClient client) {
    return client.events().stream()
        .map(event -> StreamPosition.parse(event.lastEventId()).orElseThrow().offset())
        .toList();
  }

  private static List<String> names(SseClient client) {
    return client.activities().stream().map(SseClient.Event::name).toList();
  }

  private static List<String> subjects(SseClient client) {
    return client.activities().stream()
        .map(event -> ActivityReader.read(event.data()).subject())
        .toList();
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
  }
}
