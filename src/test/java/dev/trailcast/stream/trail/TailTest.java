package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Erasure;
import dev.trailcast.stream.delivery.TestTrail;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.TestFrames;
import dev.trailcast.stream.wire.TransientEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final int ENTRIES = 10;
  private static final int A_LOT = 1 << 20;

  private final Tail tail = new Tail(new TailSize(ENTRIES, A_LOT), TestFrames.START);

  @Test
  void givesAReaderWhatIsItsOwnAndMovesItToTheHead() {
    Cursor alice = join(TestFrames.ofActor("alice"), 0);

    tail.add(TestFrames.frames(1, 2, "alice"));
    tail.add(TestFrames.frames(3, 5, "bob"));

    assertThat(read(alice)).containsExactly(1L, 2L);
    assertThat(alice.offset()).isEqualTo(5);
    assertThat(tail.isAtHead(alice)).isTrue();
  }

  @Test
  void givesNoMoreAtATimeThanThereIsRoomForAndTheRestTheNextTime() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 5, "alice"));
    Frame[] two = new Frame[2];

    assertThat(tail.read(reader, two, A_LOT)).isEqualTo(2);
    assertThat(reader.offset()).isEqualTo(2);
    assertThat(tail.read(reader, new Frame[ENTRIES], 1)).isEqualTo(1);
    assertThat(read(reader)).containsExactly(4L, 5L);
  }

  @Test
  void givesAFrameThoughThereIsNoRoomForReadingNothingMeansThatThereIsNothing() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 2, "alice"));

    assertThat(tail.read(reader, new Frame[ENTRIES], 0)).isEqualTo(1);
    assertThat(tail.read(reader, new Frame[ENTRIES], 0)).isEqualTo(1);
    assertThat(tail.read(reader, new Frame[ENTRIES], 0)).isZero();
    assertThat(tail.isAtHead(reader)).isTrue();
  }

  @Test
  void sendsAReaderToHistoryThatHasFallenBehindIt() {
    Cursor slow = join(TestTrail.EVERYTHING, 0);

    tail.add(TestFrames.frames(1, 15, "alice"));

    assertThat(tail.read(slow, new Frame[ENTRIES], A_LOT)).isEqualTo(Tail.BEHIND);
    slow.moveAlongHistory(5);
    assertThat(read(slow)).containsExactlyElementsOf(range(6, 15));
  }

  @Test
  void keepsAReaderThatMissedNothingOfItsOwnThoughTheTailHasMovedOn() {
    Cursor alice = join(TestFrames.ofActor("alice"), 0);
    tail.add(TestFrames.frames(1, 50, "bob"));
    tail.add(TestFrames.frames(51, 52, "alice"));

    assertThat(read(alice)).containsExactly(51L, 52L);
  }

  @Test
  void sendsAReaderToHistoryForWhatWasBeforeTheFirstOfItsView() {
    tail.add(TestFrames.frames(1, 5, "alice"));

    Cursor resumed = join(TestFrames.ofActor("alice"), 2);

    assertThat(tail.read(resumed, new Frame[ENTRIES], A_LOT)).isEqualTo(Tail.BEHIND);
    resumed.moveAlongHistory(5);
    tail.add(TestFrames.frames(6, 6, "alice"));
    assertThat(read(resumed)).containsExactly(6L);
  }

  @Test
  void letsAReaderThatComesToAViewInUseGoOnWhereItWas() {
    join(TestFrames.ofActor("alice"), 0);
    tail.add(TestFrames.frames(1, 5, "alice"));

    assertThat(read(join(TestFrames.ofActor("alice"), 2))).containsExactly(3L, 4L, 5L);
  }

  @Test
  void findsTheWayAgainAfterEveryFrameOfAViewHasLeft() {
    Cursor first = join(TestFrames.ofActor("alice"), 0);
    tail.add(TestFrames.frames(1, 5, "alice"));
    assertThat(read(first)).hasSize(5);
    tail.add(TestFrames.frames(6, 40, "bob"));

    Cursor second = join(TestFrames.ofActor("alice"), 35);
    tail.add(TestFrames.frames(41, 41, "alice"));

    assertThat(read(first)).containsExactly(41L);
    assertThat(read(second)).containsExactly(41L);
  }

  @Test
  void givesNothingToAReaderThatKnowsMoreThanTheTailUntilItHasComeThere() {
    Cursor ahead = join(TestTrail.EVERYTHING, 3);

    tail.add(TestFrames.frames(1, 2, "alice"));
    assertThat(read(ahead)).isEmpty();
    tail.add(TestFrames.frames(3, 4, "alice"));

    assertThat(read(ahead)).containsExactly(4L);
  }

  @Test
  void givesATransientEventToThoseWhoWereConnectedAlone() {
    Cursor before = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    tail.add(new TransientEvent(new PlainSseEvent("hello", null, "there")));
    tail.add(TestFrames.frames(2, 2, "alice"));
    Cursor after = join(TestTrail.EVERYTHING, 0);

    assertThat(read(before)).containsExactly(1L, 1L, 2L);
    assertThat(read(after)).containsExactly(1L, 2L);
  }

  @Test
  void givesATransientEventAlsoToAReaderThatKnowsMoreThanTheTail() {
    Cursor ahead = join(TestTrail.EVERYTHING, 2);
    tail.add(TestFrames.frames(1, 1, "alice"));
    tail.add(new TransientEvent(new PlainSseEvent("hello", null, "there")));
    tail.add(TestFrames.frames(2, 3, "alice"));

    assertThat(tail.segment(ahead, Format.SSE, true)).isNull(); // it begins with what it has had
    assertThat(read(ahead)).containsExactly(1L, 3L);
  }

  @Test
  void givesATransientEventAlsoToAReaderThatHasJustCaughtUp() {
    tail.add(TestFrames.frames(1, 5, "alice"));
    Cursor resumed = join(TestFrames.ofActor("alice"), 2);
    tail.add(new TransientEvent(new PlainSseEvent("hello", null, "there")));

    assertThat(tail.read(resumed, new Frame[ENTRIES], A_LOT)).isEqualTo(Tail.BEHIND);
    resumed.moveAlongHistory(5);
    assertThat(read(resumed)).containsExactly(5L);
  }

  @Test
  void keepsNoMoreBytesThanItMay() {
    List<RecordedFrame> frames = TestFrames.frames(1, 9, "alice");
    int longest = frames.stream().mapToInt(Frame::bytes).max().orElseThrow(); // times differ
    Tail small = new Tail(new TailSize(ENTRIES, 3L * longest), TestFrames.START);

    small.add(frames);

    assertThat(small.page(5)).isNull();
    assertThat(small.page(6).upTo()).isEqualTo(9);
  }

  @Test
  void interruptsEverybodyWhereItBeginsAnew() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 3, "alice"));

    tail.restartAt(TestFrames.START.at(100));
    tail.add(TestFrames.frames(101, 102, "alice"));

    assertThat(tail.read(reader, new Frame[ENTRIES], A_LOT)).isEqualTo(Tail.BEHIND);
    reader.moveAlongHistory(100);
    assertThat(read(reader)).containsExactly(101L, 102L);
  }

  @Test
  void interruptsAlsoThoseWhoHadEverything() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 3, "alice"));
    assertThat(read(reader)).containsExactly(1L, 2L, 3L);

    tail.restartAt(TestFrames.START.at(100));

    assertThat(tail.read(reader, new Frame[ENTRIES], A_LOT))
        .as("what lies between, it has not had")
        .isEqualTo(Tail.BEHIND);
  }

  @Test
  void wakesEverybodyWhereItBeginsAnewForThoseAtItsHeadWaitForNothingElse() {
    AtomicInteger woken = new AtomicInteger();
    for (View view : List.of(TestTrail.EVERYTHING, TestFrames.ofActor("alice"))) {
      Cursor reader = tail.join(woken::incrementAndGet, view, 0);
      assertThat(tail.isAtHead(reader)).isTrue();
    }

    tail.restartAt(TestFrames.START.at(100));

    assertThat(woken).hasValue(2);
  }

  @Test
  void wakesWhoGetsWhatIsAddedOnceForAllOfItAndNobodyElse() {
    AtomicInteger concerned = new AtomicInteger();
    AtomicInteger other = new AtomicInteger();
    read(tail.join(concerned::incrementAndGet, TestFrames.ofActor("alice"), 0));
    read(tail.join(other::incrementAndGet, TestFrames.ofActor("bob"), 0));

    tail.add(TestFrames.frames(1, 3, "alice"));

    assertThat(concerned).hasValue(1);
    assertThat(other).hasValue(0);
  }

  @Test
  void leavesAloneWhoHasNotComeToTheHeadSinceItWasWoken() {
    AtomicInteger woken = new AtomicInteger();
    Cursor reader = tail.join(woken::incrementAndGet, TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    assertThat(woken).hasValue(0);

    assertThat(read(reader)).containsExactly(1L);
    tail.add(TestFrames.frames(2, 2, "alice"));
    tail.add(TestFrames.frames(3, 3, "alice"));
    assertThat(woken).hasValue(1);

    assertThat(read(reader)).containsExactly(2L, 3L);
    tail.add(TestFrames.frames(4, 4, "alice"));
    assertThat(woken).hasValue(2);
  }

  @Test
  void wakesWhoWaitsWithoutHavingReadOnceAndNobodyWhoHasLeft() {
    List<Integer> woken = new ArrayList<>();
    List<Cursor> waiting = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      waiting.add(tail.join(() -> woken.add(number), TestTrail.EVERYTHING, 0));
      tail.await(waiting.get(i));
    }
    tail.await(waiting.get(2)); // it does already
    for (int gone : List.of(0, 4, 3)) {
      tail.leave(waiting.get(gone));
    }

    tail.add(TestFrames.frames(1, 1, "alice"));

    assertThat(woken).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void wakesTheOthersForWhatComesNextWhereOneCanNotBeWoken() {
    AtomicInteger woken = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      boolean fails = i == 1;
      read(
          tail.join(
              () -> {
                if (fails && woken.get() < 3) {
                  throw new OutOfMemoryError("on purpose");
                }
                woken.incrementAndGet();
              },
              TestTrail.EVERYTHING,
              0));
    }
    TransientEvent event = new TransientEvent(new PlainSseEvent("hello", null, "there"));
    assertThatThrownBy(() -> tail.add(event)).isInstanceOf(OutOfMemoryError.class);
    woken.set(3);

    tail.add(event);

    assertThat(woken).hasValue(6);
  }

  @Test
  void forgetsWhoWaitsOnlyAfterItHasLeft() {
    AtomicInteger woken = new AtomicInteger();
    tail.join(() -> {}, TestTrail.EVERYTHING, 0); // so that the channel stays
    Cursor gone = tail.join(woken::incrementAndGet, TestTrail.EVERYTHING, 0);
    tail.leave(gone);
    tail.await(gone);

    tail.add(TestFrames.frames(1, 1, "alice"));

    assertThat(woken).hasValue(0);
  }

  @Test
  void wakesEverybodyForWhatIsTransient() {
    AtomicInteger woken = new AtomicInteger();
    read(tail.join(woken::incrementAndGet, TestFrames.ofActor("alice"), 0));
    read(tail.join(woken::incrementAndGet, TestTrail.EVERYTHING, 0));

    tail.add(new TransientEvent(new PlainSseEvent("hello", null, "there")));

    assertThat(woken).hasValue(2);
  }

  @Test
  void hasPagesForThoseBehindTheirChannel() {
    tail.add(TestFrames.frames(1, 4, "alice"));
    tail.skipTo(TestFrames.START.at(8));

    HistoryPage page = tail.page(2);

    assertThat(page.covers(2)).isTrue();
    assertThat(page.frames().frame(0).offset()).isEqualTo(3);
    assertThat(page.frames().matching(TestTrail.EVERYTHING).cardinality()).isEqualTo(2);
    assertThat(page.upTo()).isEqualTo(8);
    assertThat(tail.page(8)).isNull();
  }

  @Test
  void hasASegmentPackedForAllWhoAreAtTheSamePlace() {
    Cursor first = join(TestTrail.EVERYTHING, 0);
    Cursor second = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 3, "alice"));

    Segment segment = tail.segment(first, Format.SSE, true);
    tail.add(TestFrames.frames(4, 5, "alice"));

    assertThat(tail.segment(second, Format.SSE, false)).isSameAs(segment);
    assertThat(second.offset()).isEqualTo(3);
    assertThat(tail.segment(second, Format.SSE, false)).isNull();
    Segment next = tail.segment(second, Format.SSE, true);
    assertThat(tail.segment(first, Format.SSE, true)).isSameAs(next);
    assertThat(first.offset()).isEqualTo(5);
    assertThat(tail.segment(first, Format.SSE, true)).isNull();
  }

  @Test
  void bringsAReaderThatComesInTheMiddleToTheNextCommonPlace() {
    join(TestTrail.EVERYTHING, 0);
    Cursor first = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 5, "alice"));
    tail.segment(first, Format.SSE, true);
    Cursor between = join(TestTrail.EVERYTHING, 2);
    tail.add(TestFrames.frames(6, 8, "alice"));
    Segment next = tail.segment(first, Format.SSE, true);

    tail.segment(between, Format.SSE, true);

    assertThat(between.offset()).isEqualTo(5);
    assertThat(tail.segment(between, Format.SSE, true)).isSameAs(next);
  }

  @Test
  void keepsNothingPackedForAReaderThatIsAlone() {
    Cursor reader = join(TestFrames.ofActor("alice"), 0);
    join(TestFrames.ofActor("bob"), 0);
    tail.add(TestFrames.frames(1, 3, "alice"));

    Segment segment = tail.segment(reader, Format.SSE, true);

    assertThat(segment.lastOffset()).isEqualTo(3);
    assertThat(tail.keptSegments()).isZero();
  }

  @Test
  void keepsNothingPackedOfAViewThatNobodyHasAnyMore() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    Cursor other = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 3, "alice"));
    tail.segment(reader, Format.SSE, true);
    assertThat(tail.keptSegments()).isOne();

    tail.leave(reader);
    tail.leave(other);

    assertThat(tail.keptSegments()).isZero();
  }

  @Test
  void keepsNothingPackedThatHasLeftIt() {
    join(TestFrames.ofActor("alice"), 0);
    Cursor reader = join(TestFrames.ofActor("alice"), 0);
    tail.add(TestFrames.frames(1, 3, "alice"));
    Segment segment = tail.segment(reader, Format.SSE, true);
    assertThat(reader.channel().segment(Format.SSE, segment.from())).isSameAs(segment);

    tail.add(TestFrames.frames(4, 20, "bob"));
    read(reader);

    assertThat(reader.channel().segment(Format.SSE, segment.from())).isNull();
  }

  @Test
  void hasASegmentForEachFormat() {
    Cursor plain = join(TestTrail.EVERYTHING, 0);
    Cursor named = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 3, "alice"));

    assertThat(tail.segment(plain, Format.SSE, true))
        .isNotSameAs(tail.segment(named, Format.NAMED_SSE, true));
  }

  @Test
  void packsNothingTransientForThoseWhoComeLater() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    tail.add(new TransientEvent(new PlainSseEvent("hello", null, "there")));

    tail.segment(reader, Format.SSE, true);

    assertThat(tail.segment(reader, Format.SSE, true)).isNull();
    assertThat(read(reader)).containsExactly(1L);
  }

  @Test
  void forgetsAViewThatNobodyHasAnyMore() {
    Cursor cursor = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 1, "alice"));

    tail.leave(cursor);
    tail.add(TestFrames.frames(2, 2, "alice"));

    assertThat(join(TestTrail.EVERYTHING, 2).channel()).isNotSameAs(cursor.channel());
    assertThat(cursor.channel().end()).isEqualTo(1);
  }

  private Cursor join(View view, long offset) {
    return tail.join(nobody(), view, offset);
  }

  /** Everything that is left for it. */
  private List<Long> read(Cursor cursor) {
    List<Long> offsets = new ArrayList<>();
    Frame[] frames = new Frame[3];
    for (int count = 3; count > 0; ) {
      count = tail.read(cursor, frames, A_LOT);
      for (int i = 0; i < count; i++) {
        offsets.add(frames[i].offset());
      }
    }
    return offsets;
  }

  /** Another one each time: here it is only somebody to be woken. */
  private static Follower nobody() {
    return new Follower() {
      @Override
      public void wake() {}
    };
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void erasesWhatAnActorDidWhereverAReaderIs() {
    Cursor behind = join(TestTrail.EVERYTHING, 0);
    Cursor ofAlice = join(TestFrames.ofActor("alice"), 0);
    tail.add(TestFrames.frames(1, 2, "alice"));
    tail.add(TestFrames.frames(3, 3, "bob"));
    tail.add(List.of(erasure(4, "alice", 3)));

    assertThat(read(behind)).containsExactly(3L, 4L);
    assertThat(read(ofAlice)).containsExactly(4L);
    assertThat(tail.isAtHead(ofAlice)).isTrue();
    assertThat(read(join(TestTrail.EVERYTHING, 0))).containsExactly(3L, 4L);
    assertThat(tail.recorded()).extracting(RecordedFrame::offset).containsExactly(3L, 4L);
  }

  @Test
  void tellsEveryReaderOfAnErasureWhateverItAskedFor() {
    Cursor ofBob = join(TestFrames.ofActor("bob"), 0);
    tail.add(TestFrames.frames(1, 1, "alice"));
    tail.add(List.of(erasure(2, "alice", 1)));

    assertThat(read(ofBob)).containsExactly(2L);
    assertThat(tail.page(0).frames().of(TestFrames.ofActor("bob"))).hasSize(1);
  }

  @Test
  void keepsWhatIsRecordedBehindAnErasure() {
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 3, "alice"));
    tail.add(List.of(erasure(4, "alice", 2)));

    assertThat(read(reader)).containsExactly(3L, 4L);
  }

  @Test
  void countsNoErasure() {
    AtomicInteger count = new AtomicInteger();
    tail.count(() -> {}, TestTrail.EVERYTHING, recorded -> count.incrementAndGet());
    tail.add(List.of(erasure(1, "alice", 0)));

    assertThat(count).hasValue(0);
  }

  @Test
  void forgetsWhatWasPackedBeforeAnErasure() {
    join(TestTrail.EVERYTHING, 0);
    Cursor reader = join(TestTrail.EVERYTHING, 0);
    tail.add(TestFrames.frames(1, 2, "alice"));
    assertThat(tail.segment(reader, Format.SSE, true)).isNotNull();
    assertThat(tail.keptSegments()).isOne();
    tail.add(List.of(erasure(3, "alice", 2)));

    assertThat(tail.keptSegments()).isZero();
  }

  private static RecordedFrame erasure(long offset, String actor, long upTo) {
    Erasure erasure = Erasure.of(actor, TestFrames.START.at(upTo));
    return TestFrames.frame(offset, erasure.toActivity());
  }
}
