package dev.trailcast.stream.trail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.wire.Compression;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.Packed;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import dev.trailcast.stream.wire.TransientEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tail against a list of everything that was ever recorded: each reader gets what its view
 * includes, in order, once, whatever comes, goes, falls behind or begins anew in between.
 */
class TailModelTest {
  private static final int STEPS = 6_000;
  private static final int MOST_READERS = 12;
  private static final Pattern POSITION = Pattern.compile("\"position\":\"k3f9-(\\d+)\"");
  private static final String[] AUDIENCES = {
    "alice", "bob", "alice bob", "role:staff", "role:support", "alice role:staff", "carol"
  };
  private static final List<Viewer> VIEWERS =
      List.of(
          Viewer.ANONYMOUS,
          new Viewer("alice", Set.of()),
          new Viewer("alice", Set.of("staff", "support")),
          new Viewer("bob", Set.of("staff")),
          new Viewer(null, Set.of("support")),
          new Viewer("role:staff", Set.of("alice")));
  private static final List<ActivityFilter> FILTERS =
      List.of(ActivityFilter.ALL, ofActor("a"), ofActor("b*"));
  private static final List<Scope> SCOPES =
      List.of(Scope.EVERYTHING, Scope.of(List.of(ofActor("a"), ofActor("ba"))), Scope.NOTHING);

  private final Tail tail = new Tail(new TailSize(40, 1 << 20), TestFrames.START);
  private final Compression compression = new Compression();
  private final List<RecordedFrame> all = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();
  private long head;

  /** Somebody who has read from an offset on. */
  private final class Reader {
    private final View view;
    private final long start;
    private final boolean packed;
    private final List<Long> given = new ArrayList<>();
    private Cursor cursor;
    private boolean isWoken = true;

    Reader(View view, long start, boolean packed) {
      this.view = view;
      this.start = start;
      this.packed = packed;
      this.cursor = tail.join(() -> isWoken = true, view, start);
    }

    void comeBack() {
      tail.leave(cursor);
      cursor = tail.join(() -> isWoken = true, view, cursor.offset());
      isWoken = true; // whoever comes looks first
    }

    /** One turn. */
    void read(Random random) {
      if (packed) {
        Segment segment = tail.segment(cursor, Format.LINES, random.nextBoolean());
        if (segment != null) {
          given.addAll(offsets(segment.packed(compression)));
          return;
        }
      }
      Frame[] frames = new Frame[1 + random.nextInt(8)];
      int count = tail.read(cursor, frames, random.nextBoolean() ? 1 : 1 << 20);
      if (count == Tail.BEHIND) {
        readHistory(1 + random.nextInt(30));
      }
      for (int i = 0; i < count; i++) {
        if (frames[i] instanceof RecordedFrame) {
          given.add(frames[i].offset());
        }
      }
      isWoken = count != 0;
    }

    private void readHistory(int length) {
      long upTo = Math.min(head, cursor.offset() + length);
      all.stream()
          .filter(frame -> frame.offset() > cursor.offset() && frame.offset() <= upTo)
          .filter(frame -> view.includes(frame.activity()))
          .forEach(frame -> given.add(frame.offset()));
      cursor.moveAlongHistory(upTo);
    }

    /** Only if it is woken: so it can't do without. */
    void readAll(Random random) {
      while (isWoken) {
        read(random);
      }
    }

    /** It has had everything, and is at the head once it has looked, as for a heartbeat. */
    void check(Random random) {
      checkGiven();
      isWoken = true;
      readAll(random);
      checkGiven();
      assertThat(tail.isAtHead(cursor)).isTrue();
    }

    private void checkGiven() {
      assertThat(given)
          .as("%s from %d", view, start)
          .isEqualTo(
              all.stream()
                  .filter(frame -> frame.offset() > start)
                  .filter(frame -> view.includes(frame.activity()))
                  .map(RecordedFrame::offset)
                  .toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesEveryReaderWhatItsViewIncludesInOrderAndOnce(long seed) {
    Random random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      step(random);
    }
    assertThat(readers).isNotEmpty();
    readers.forEach(reader -> reader.readAll(random));
    readers.forEach(reader -> reader.check(random));
  }

  private void step(Random random) {
    switch (random.nextInt(40)) {
      case 0 -> joins(random);
      case 1 -> leaves(random);
      case 2 -> any(random, readers).ifPresent(Reader::comeBack);
      case 3 -> any(random, readers).ifPresent(reader -> reader.readAll(random));
      case 4 -> tail.add(new TransientEvent(new PlainSseEvent("hello", null, "there")));
      case 5 -> skips(random);
      case 6 -> beginsAnew(random);
      default -> {
        if (random.nextInt(3) == 0) {
          tail.add(record(random));
        } else {
          any(random, readers).ifPresent(reader -> reader.read(random));
        }
      }
    }
  }

  private void joins(Random random) {
    if (readers.size() < MOST_READERS) {
      View view = new View(pick(random, FILTERS), pick(random, SCOPES), pick(random, VIEWERS));
      long back = random.nextBoolean() ? 0 : random.nextInt(60);
      readers.add(new Reader(view, Math.max(0, head - back), random.nextBoolean()));
    }
  }

  private void leaves(Random random) {
    any(random, readers)
        .ifPresent(
            reader -> {
              reader.readAll(random);
              reader.check(random);
              tail.leave(reader.cursor);
              readers.remove(reader);
            });
  }

  private void skips(Random random) {
    head += random.nextInt(5);
    tail.skipTo(TestFrames.START.at(head));
  }

  /** The tail has missed some. */
  private void beginsAnew(Random random) {
    if (random.nextInt(4) == 0) {
      record(random);
      tail.restartAt(TestFrames.START.at(head));
    }
  }

  private List<RecordedFrame> record(Random random) {
    List<RecordedFrame> frames = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      head += 1 + random.nextInt(2);
      Activity activity = Activity.of(pick(random, List.of("a", "b", "ba", "c")), "done");
      boolean isPrivate = random.nextInt(3) == 0;
      frames.add(
          TestFrames.frame(
              head,
              isPrivate ? activity.withAudience(pick(random, List.of(AUDIENCES))) : activity));
    }
    all.addAll(frames);
    return frames;
  }

  private static List<Long> offsets(Packed packed) {
    byte[] plain = new byte[packed.length()];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed.blocks());
      assertThat(inflater.inflate(plain)).isEqualTo(plain.length);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
    List<Long> offsets = new ArrayList<>();
    Matcher positions = POSITION.matcher(new String(plain, UTF_8));
    while (positions.find()) {
      offsets.add(Long.valueOf(positions.group(1)));
    }
    return offsets;
  }

  private static ActivityFilter ofActor(String term) {
    return new ActivityFilter(Terms.ANY, Terms.parse(List.of(term)), Terms.ANY, Terms.ANY);
  }

  private static <T> Optional<T> any(Random random, List<T> some) {
    return some.isEmpty() ? Optional.empty() : Optional.of(pick(random, some));
  }

  private static <T> T pick(Random random, List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
