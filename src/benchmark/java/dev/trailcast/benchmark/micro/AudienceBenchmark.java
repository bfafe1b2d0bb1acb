package dev.trailcast.benchmark.micro;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.trail.Cursor;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.TailSize;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A public activity for ten thousand readers, from the tail into each one's hands. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
public class AudienceBenchmark {
  private static final int READERS = 10_000;
  private static final int ENOUGH = 1 << 16;

  private final EncodedActivity activity =
      EncodedActivity.of(Activity.of("alice", "page.viewed", "products/42"));
  private final WriteBuffer scratch = new WriteBuffer();
  private final Frame[] frames = new Frame[64];
  private final Readers unknown = new Readers(reader -> Viewer.ANONYMOUS);
  private final Readers loggedIn =
      new Readers(reader -> new Viewer("user-" + reader, Set.of("staff", "support")));

  /** What all of one kind follow. */
  private static final class Readers {
    private final Tail tail =
        new Tail(new TailSize(16_384, 32 << 20), new StreamPosition("k3f9", 0));
    private final List<Cursor> cursors;

    Readers(IntFunction<Viewer> viewer) {
      cursors =
          IntStream.range(0, READERS)
              .mapToObj(reader -> new View(ActivityFilter.ALL, viewer.apply(reader)))
              .map(view -> tail.join(() -> {}, view, 0))
              .toList();
    }
  }

  /** None of whom is logged in. */
  @Benchmark
  public int unknown() {
    return publish(unknown);
  }

  /** Each of whom is logged in, with two roles. */
  @Benchmark
  public int loggedIn() {
    return publish(loggedIn);
  }

  private int publish(Readers readers) {
    StreamPosition next = readers.tail.head().at(readers.tail.head().offset() + 1);
    JournalEntry entry = new JournalEntry(next, Instant.EPOCH, activity);
    readers.tail.add(List.of(new RecordedFrame(entry, scratch)));
    int delivered = 0;
    for (Cursor cursor : readers.cursors) {
      delivered += readers.tail.read(cursor, frames, ENOUGH);
    }
    return delivered;
  }
}
