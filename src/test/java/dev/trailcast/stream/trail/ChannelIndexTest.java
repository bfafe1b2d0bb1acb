package dev.trailcast.stream.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.stream.wire.TestFrames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChannelIndexTest {
  private static final FrameRing RING = new FrameRing(new TailSize(1, 1), 0);

  private final ChannelIndex index = new ChannelIndex();

  @Test
  void namesEveryChannelThatAnActivityIsIn() {
    Random random = new Random(7);
    List<PublicChannel> channels = addAny(random, 500);

    for (int i = 0; i < 2_000; i++) {
      Activity activity = TestFrames.anyActivity(random);
      assertThat(candidates(activity))
          .containsAll(channels.stream().filter(each -> each.view().includes(activity)).toList());
    }
  }

  @Test
  void doesNotNameTheOthersThatGoByAnotherActor() {
    IntStream.range(0, 10_000)
        .forEach(
            n ->
                index.add(
                    new PublicChannel(
                        TestFrames.ofActor("actor-" + n), 0, RING, new KeptSegments())));

    assertThat(candidates(Activity.of("actor-17", "done"))).hasSize(1);
    assertThat(candidates(Activity.of("nobody", "done"))).isEmpty();
  }

  @Test
  void doesNotNameTheOthersThatMayFollowAnotherActorAlone() {
    IntStream.range(0, 10_000)
        .forEach(
            n -> {
              Scope itself = Scope.of(List.of(TestFrames.ofActor("actor-" + n).filter()));
              View view = new View(ActivityFilter.ALL, itself, Viewer.ANONYMOUS);
              index.add(new PublicChannel(view, 0, RING, new KeptSegments()));
            });

    assertThat(candidates(Activity.of("actor-17", "done"))).hasSize(1);
  }

  @Test
  void forgetsAChannelThatIsRemovedAndNoOther() {
    Random random = new Random(8);
    List<PublicChannel> channels = addAny(random, 300);
    List<PublicChannel> removed = channels.subList(0, 200);
    List<PublicChannel> kept = channels.subList(200, 300);

    removed.forEach(index::remove);

    for (int i = 0; i < 2_000; i++) {
      Activity activity = TestFrames.anyActivity(random);
      assertThat(candidates(activity))
          .doesNotContainAnyElementsOf(removed)
          .containsAll(kept.stream().filter(each -> each.view().includes(activity)).toList());
    }
  }

  private List<PublicChannel> addAny(Random random, int count) {
    List<PublicChannel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PublicChannel channel =
          new PublicChannel(TestFrames.anyView(random), 0, RING, new KeptSegments());
      channels.add(channel);
      index.add(channel);
    }
    return channels;
  }

  private Set<PublicChannel> candidates(Activity activity) {
    Set<PublicChannel> found = new HashSet<>();
    index.candidates(activity, found::add);
    return found;
  }
}
