package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.TestFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What has an audience, on the tail. */
class AudienceTest {
  private static final int ENTRIES = 10;
  private static final int A_LOT = 1 << 20;
  private static final View ALICE = everythingFor("alice", "staff", "support");
  private static final View BOB = everythingFor("bob");

  private final Tail tail = new Tail(new TailSize(ENTRIES, A_LOT), TestFrames.START);
  private final List<Cursor> woken = new ArrayList<>();
  private long offset;

  @Test
  void reachesItsUsersAndWhoeverIsInItsRolesInTheTailsOrder() {
    Cursor alice = join(ALICE);
    Cursor bob = join(BOB);
    Cursor anybody = join(TestFrames.EVERYTHING);

    record(null, "alice", null, "role:staff", "bob", "role:support bob", null);

    assertThat(read(alice)).containsExactly(1L, 2L, 3L, 4L, 6L, 7L);
    assertThat(read(bob)).containsExactly(1L, 3L, 5L, 6L, 7L);
    assertThat(read(anybody)).containsExactly(1L, 3L, 7L);
  }

  @Test
  void reachesAUserOnceThoughItHasSeveralOfItsRoles() {
    Cursor alice = join(ALICE);

    record("alice role:staff role:support", "role:staff role:support");

    assertThat(read(alice)).containsExactly(1L, 2L);
  }

  @Test
  void isNotReachedByAUserWhoseNameLooksLikeARole() {
    Cursor cunning = join(everythingFor("role:staff"));
    Cursor role = join(everythingFor(null, "alice"));

    record("role:staff", "alice");

    assertThat(read(cunning)).isEmpty();
    assertThat(read(role)).isEmpty();
  }

  @Test
  void isGivenAsFarAsAReaderHasAskedAndMayFollow() {
    ActivityFilter bobs =
        new ActivityFilter(Terms.ANY, Terms.parse(List.of("bob")), Terms.ANY, Terms.ANY);
    Viewer alice = ALICE.viewer();
    Cursor asksForBob = join(new View(bobs, alice));
    Cursor mayFollowBob = join(new View(ActivityFilter.ALL, Scope.of(List.of(bobs)), alice));
    Cursor asksAnother =
        join(
            new View(
                new ActivityFilter(Terms.ANY, Terms.parse(List.of("eve")), Terms.ANY, Terms.ANY),
                Scope.of(List.of(bobs)),
                alice));

    add(Activity.of("eve", "done").withAudience("alice"));
    add(Activity.of("bob", "done").withAudience("alice"));

    assertThat(read(asksForBob)).containsExactly(2L);
    assertThat(read(mayFollowBob)).containsExactly(2L);
    assertThat(read(asksAnother)).isEmpty();
  }

  @Test
  void costsNoReaderAChannelOfItsOwnOfWhatIsPublic() {
    Cursor alice = join(ALICE);

    IntStream.range(0, 100)
        .forEach(
            n -> assertThat(join(everythingFor("user" + n)).channel()).isSameAs(alice.channel()));
    assertThat(join(new View(ActivityFilter.ALL, Scope.NOTHING, ALICE.viewer())).channel())
        .isNotSameAs(alice.channel());
  }

  @Test
  void touchesOnlyTheChannelsOfItsAudience() {
    Cursor alice = join(ALICE);
    Cursor bob = join(BOB);

    record(null, null, "bob");

    assertThat(ends(alice)).containsExactly(0L, 0L, 0L);
    assertThat(ends(bob)).containsExactly(1L);
    assertThat(bob.channel().end()).isEqualTo(2);
  }

  @Test
  void wakesItsAudienceAndOfThatOnlyWhoHasAskedForIt() {
    Cursor alice = join(ALICE);
    join(BOB);
    join(TestFrames.EVERYTHING);
    join(new View(TestFrames.ofActor("eve").filter(), ALICE.viewer()));

    record("role:staff");

    assertThat(woken).containsExactly(alice);
  }

  @Test
  void wakesWhoHasAskedForOneOfSeveral() {
    Cursor eves = join(new View(TestFrames.ofActor("eve").filter(), ALICE.viewer()));

    tail.add(
        List.of(
            TestFrames.frame(1, Activity.of("eve", "done").withAudience("alice")),
            TestFrames.frame(2, Activity.of("bob", "done").withAudience("alice"))));

    assertThat(woken).containsExactly(eves);
  }

  @Test
  void isNotAtTheHeadForWhomItIsYetToBeGiven() {
    Cursor alice = join(ALICE);
    Cursor bob = join(BOB);
    assertThat(read(alice)).isEmpty();
    assertThat(read(bob)).isEmpty();

    record("alice");

    assertThat(tail.isAtHead(alice)).isFalse();
    assertThat(tail.isAtHead(bob)).isTrue();
  }

  @Test
  void sendsAReaderToHistoryThatHasMissedSomethingOfItsOwn() {
    Cursor alice = join(ALICE);
    Cursor bob = join(BOB);
    record("alice");
    IntStream.range(0, ENTRIES).forEach(n -> record("carol"));

    assertThat(tail.read(alice, new Frame[1], A_LOT)).isEqualTo(Tail.BEHIND);
    assertThat(tail.isAtHead(alice)).isFalse();
    assertThat(read(bob)).isEmpty();
    assertThat(tail.isAtHead(bob)).isTrue();
  }

  @Test
  void letsAReaderThatComesBackGoOnWhereNobodyHasItsRolesYet() {
    record("alice", null);
    Cursor alice = join(ALICE, 0);

    assertThat(tail.read(alice, new Frame[1], A_LOT)).isEqualTo(Tail.BEHIND);
    alice.moveAlongHistory(2);
    record("role:staff");
    assertThat(read(alice)).containsExactly(3L);
  }

  @Test
  void leavesWhatIsPackedToAllWhereNothingFallsIntoIt() {
    Cursor anybody = join(TestFrames.EVERYTHING);
    Cursor alice = join(ALICE);
    Cursor bob = join(BOB);
    record(null, null, "bob");

    Segment segment = tail.segment(anybody, Format.SSE, true);

    assertThat(tail.segment(alice, Format.SSE, true)).isSameAs(segment);
    assertThat(tail.isAtHead(alice)).isTrue();
    assertThat(tail.segment(bob, Format.SSE, true)).isSameAs(segment);
    assertThat(bob.offset()).isEqualTo(2);
    assertThat(tail.segment(bob, Format.SSE, true)).isNull();
    assertThat(read(bob)).containsExactly(3L);
  }

  @Test
  void isGivenInItsPlaceWhereItFallsIntoWhatIsPackedForAll() {
    Cursor anybody = join(TestFrames.EVERYTHING);
    Cursor alice = join(ALICE);
    record(null, "alice", null);
    tail.segment(anybody, Format.SSE, true);

    assertThat(tail.segment(alice, Format.SSE, true)).isNull();
    assertThat(read(alice)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void leavesNoChannelBehindOfWhoHasLeft() {
    Cursor first = join(ALICE);
    Cursor second = join(ALICE);
    tail.leave(first);
    record("alice");
    assertThat(ends(second)).containsExactly(1L, 0L, 0L);
    tail.leave(second);
    record("alice", "role:staff");

    assertThat(ends(second)).containsExactly(1L, 0L, 0L);
    assertThat(join(ALICE).privateChannels())
        .doesNotContainAnyElementsOf(List.of(second.privateChannels()));
  }

  @Test
  void isCountedOnceForEachViewThatHasIt() {
    List<Long> counted = new ArrayList<>();
    Counting counting = tail.count(() -> {}, ALICE, counted::add);
    record(null, "alice role:staff", "bob", "role:support");
    assertThat(counted).hasSize(3);

    tail.endCount(counting);
    join(ALICE);
    record(null, "alice");

    assertThat(counted).hasSize(3);
  }

  private static View everythingFor(String name, String... roles) {
    return new View(ActivityFilter.ALL, new Viewer(name, Set.of(roles)));
  }

  private Cursor join(View view) {
    return join(view, offset);
  }

  private Cursor join(View view, long from) {
    Cursor[] cursor = new Cursor[1];
    cursor[0] = tail.join(() -> woken.add(cursor[0]), view, from);
    return cursor[0];
  }

  /** An activity for each of these audiences; null is for everybody. */
  private void record(String... audiences) {
    for (String audience : audiences) {
      Activity activity = Activity.of("someone", "done");
      add(audience == null ? activity : activity.withAudience(audience));
    }
  }

  private void add(Activity activity) {
    tail.add(List.of(TestFrames.frame(++offset, activity)));
  }

  /** Everything that is left for it. */
  private List<Long> read(Cursor cursor) {
    List<Long> offsets = new ArrayList<>();
    Frame[] frames = new Frame[2];
    for (int count = frames.length; count > 0; ) {
      count = tail.read(cursor, frames, A_LOT);
      for (int i = 0; i < count; i++) {
        offsets.add(frames[i].offset());
      }
    }
    return offsets;
  }

  /** How many frames there were on each of a reader's private channels. */
  private static List<Long> ends(Cursor cursor) {
    return List.of(cursor.privateChannels()).stream().map(Channel::end).toList();
  }
}
