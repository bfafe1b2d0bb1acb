package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.trail.ScriptedJournal;
import dev.trailcast.stream.wire.FakeConnection;
import dev.trailcast.stream.wire.SseClient;
import dev.trailcast.stream.wire.TestFrames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers get whose positions another node has given, and where these are void. */
class HistoriesTest {
  private final ScriptedTrail trail = new ScriptedTrail(System::nanoTime);
  private final ScriptedJournal journal = trail.journal;

  @AfterEach
  void end() throws InterruptedException {
    trail.end();
  }

  @Test
  void endsAStreamWhereTheJournalBeginsAnotherHistory() {
    FakeConnection reader = follow(trail.trail.tail().head());
    trail.begin();
    trail.filler.note(journal.append(1));
    reader.await("what is live", client -> client.activities().size() == 1);

    journal.beginAnew(new StreamPosition("another", 0));
    trail.filler.note(journal.append(1));

    reader.await("the end, and nothing before it", HistoriesTest::isEndedAfterOne);
  }

  @Test
  void endsAStreamWhosePlaceWasFoundInTheHistoryBefore() {
    StreamPosition before = trail.trail.tail().head();
    journal.beginAnew(new StreamPosition("another", 0));
    trail.begin();
    Await.until(() -> trail.trail.tail().history() == 1);

    FakeConnection reader = follow(before);

    reader.await("the end", HistoriesTest::isEnded);
  }

  @Test
  void givesWhoIsAheadOnlyWhatItHasNotHad() {
    journal.mayComeTo(5);
    StreamPosition ahead = trail.trail.tail().head().at(3);
    FakeConnection reader = follow(ahead);
    trail.begin();

    trail.filler.note(journal.append(1, 2));
    trail.filler.note(journal.append(3, 4, 5));

    reader.await("what is new", client -> client.activities().size() == 2);
    assertThat(reader.text()).contains("id: " + ahead.at(4), "id: " + ahead.at(5));
    assertThat(reader.text()).contains("}\nid: " + ahead + "\n\n");
  }

  private FakeConnection follow(StreamPosition position) {
    return trail.follow(TestFrames.EVERYTHING, position);
  }

  private static boolean isEndedAfterOne(SseClient client) {
    return client.activities().size() == 1 && isEnded(client);
  }

  private static boolean isEnded(SseClient client) {
    return client.events().stream()
        .anyMatch(
            event ->
                event.name().equals("trailcast.closing") && event.data().contains("unavailable"));
  }
}
