package dev.trailcast.stream.delivery;

import dev.trailcast.activity.View;
import dev.trailcast.stream.trail.Lag;
import dev.trailcast.stream.trail.ScriptedJournal;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.SseClient;
import dev.trailcast.stream.wire.TestFrames;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether readers are told the truth about being live, on a trail whose filler stands still. */
class LiveTest {
  private static final View NOTHING = TestFrames.ofActor("nobody");
  private static final String LIVE = "{\"live\":true}";
  private static final String NOT_LIVE = "{\"live\":false}";

  private final AtomicLong now = new AtomicLong();
  private final ScriptedTrail trail = new ScriptedTrail(now::get);
  private final ScriptedJournal journal = trail.journal;

  @AfterEach
  void end() throws InterruptedException {
    trail.end();
  }

  @Test
  void takesItBackWhereTheTailStandsStillAndSaysItAgainWhereItFollows() {
    FakeConnection reader = follow(TestFrames.EVERYTHING);
    FakeConnection silent = follow(NOTHING);
    awaitLive(reader, LIVE);
    awaitLive(silent, LIVE);

    beat(silent, 1);
    trail.filler.note(journal.append(1));
    now.addAndGet(Lag.ALLOWED.toNanos() + 1);
    beatAll();
    awaitLive(reader, LIVE, NOT_LIVE);
    awaitLive(silent, LIVE, NOT_LIVE);
    beat(silent, 2);
    awaitLive(silent, LIVE, NOT_LIVE); // said once

    trail.begin();
    reader.await("what has come", client -> client.activities().size() == 1);
    awaitLive(reader, LIVE, NOT_LIVE, LIVE);
    beatAll();
    awaitLive(silent, LIVE, NOT_LIVE, LIVE);
  }

  @Test
  void doesNotSayItToWhoComesMeanwhile() {
    trail.filler.note(journal.append(1));
    now.addAndGet(Lag.ALLOWED.toNanos() + 1);
    FakeConnection reader = follow(TestFrames.EVERYTHING);
    awaitLive(reader, NOT_LIVE);

    trail.begin();
    reader.await("what has come", client -> client.activities().size() == 1);
    awaitLive(reader, NOT_LIVE, LIVE);
  }

  private FakeConnection follow(View view) {
    return trail.follow(view, trail.trail.tail().head());
  }

  /** A heartbeat that has nothing to say, the first, second and so on. */
  private void beat(FakeConnection reader, int number) {
    beatAll();
    reader.await("it", client -> reader.text().split(":hb\n", -1).length == 2 + number);
  }

  private void beatAll() {
    trail.readers.subscribers().forEach(each -> each.beat(System.nanoTime(), -1));
  }

  private static void awaitLive(FakeConnection reader, String... said) {
    reader.await(String.join(", ", said), client -> said(client).equals(List.of(said)));
  }

  private static List<String> said(SseClient client) {
    return client.controls(ControlEvent.POSITION).stream().map(SseClient.Event::data).toList();
  }
}
