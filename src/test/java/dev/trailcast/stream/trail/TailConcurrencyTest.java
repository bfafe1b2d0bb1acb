package dev.trailcast.stream.trail;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.util.LoggingLevel;
import org.junit.jupiter.api.Test;

/**
 * Lincheck interleaves a writer and readers in every way it finds: each result has to be one that
 * there could have been if they had come one after the other.
 */
public class TailConcurrencyTest {
  private static final int ENTRIES = 3; // readers fall behind at once
  private static final View BOBS = new View(ActivityFilter.ALL, new Viewer("bob", Set.of()));
  private static final List<RecordedFrame> FRAMES =
      IntStream.rangeClosed(1, 20).mapToObj(TailConcurrencyTest::frame).toList();
  private static final Follower ANYBODY = () -> {};

  private final Tail tail = new Tail(new TailSize(ENTRIES, 1 << 20), start());
  private final Cursor first = tail.join(ANYBODY, TestTrail.EVERYTHING, 0);
  private final Cursor second = tail.join(ANYBODY, BOBS, 0);
  private int written;

  /** Every other one is for one of the readers alone. */
  private static RecordedFrame frame(int offset) {
    Activity activity = Activity.of("alice", "done");
    return TestFrames.frame(offset, offset % 2 == 0 ? activity.withAudience("bob") : activity);
  }

  @Test
  void givesEachReaderWhatWasWrittenBeforeInItsOrderOrSaysThatItIsBehind() {
    new ModelCheckingOptions()
        .iterations(10)
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(3)
        .logLevel(LoggingLevel.ERROR)
        .check(TailConcurrencyTest.class);
  }

  @Operation(nonParallelGroup = "writer")
  public void write() {
    tail.add(List.of(FRAMES.get(written++)));
  }

  @Operation(nonParallelGroup = "writer")
  public void writeTwo() {
    tail.add(List.of(FRAMES.get(written), FRAMES.get(written + 1)));
    written += 2;
  }

  @Operation(nonParallelGroup = "first")
  public String readFirst() {
    return read(first);
  }

  @Operation(nonParallelGroup = "second")
  public String readSecond() {
    return read(second);
  }

  /**
   * The offsets it got and where it is, or that it has to go to history, from where it comes back.
   */
  private String read(Cursor cursor) {
    Frame[] frames = new Frame[2];
    int count = tail.read(cursor, frames, 1 << 20);
    if (count == Tail.BEHIND) {
      cursor.moveAlongHistory(cursor.offset() + 1);
      return "behind";
    }
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offsets.add(frames[i].offset());
    }
    return offsets + " at " + cursor.offset();
  }

  @Operation
  public long head() {
    return tail.head().offset();
  }

  private static StreamPosition start() {
    return TestFrames.START;
  }
}
