package dev.trailcast.stream.wire;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.Scope;
import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Frames, and readers' views of them, for what needs no journal. */
public final class TestFrames {
  public static final StreamPosition START = new StreamPosition("k3f9", 0);
  public static final View EVERYTHING = anonymous(ActivityFilter.ALL);
  private static final List<String> VALUES = List.of("a", "aa", "ab", "abc", "b", "ba", "c", "é");
  private static final List<String> TERMS =
      List.of("a", "aa", "ab", "abc", "b", "c", "a*", "ab*", "b*", "*", "é*", "zzz", "abcd*");

  private TestFrames() {}

  public static RecordedFrame frame(long offset, Activity activity) {
    JournalEntry entry =
        new JournalEntry(START.at(offset), Instant.EPOCH, EncodedActivity.of(activity));
    return new RecordedFrame(entry, new WriteBuffer());
  }

  /** Frames with these offsets, of one actor. */
  public static List<RecordedFrame> frames(long from, long to, String actor) {
    return IntStream.rangeClosed((int) from, (int) to)
        .mapToObj(offset -> frame(offset, Activity.of(actor, "done")))
        .toList();
  }

  public static View ofActor(String... terms) {
    return anonymous(
        new ActivityFilter(Terms.ANY, Terms.parse(List.of(terms)), Terms.ANY, Terms.ANY));
  }

  static View anonymous(ActivityFilter filter) {
    return new View(filter, Viewer.ANONYMOUS);
  }

  /**
   * Any activity: few values, so that they meet; some without actor or subject, or with an
   * audience.
   */
  public static Activity anyActivity(Random random) {
    Activity activity =
        Activity.of(
                random.nextInt(5) == 0 ? null : any(random, VALUES),
                any(random, List.of("a", "ab", "b")),
                random.nextInt(3) == 0 ? null : any(random, VALUES))
            .withSource(any(random, VALUES));
    return random.nextInt(5) == 0 ? activity.withAudience("bob") : activity;
  }

  /** Any view, also of somebody whose right to follow ends somewhere. */
  public static View anyView(Random random) {
    List<ActivityFilter> grants =
        IntStream.range(0, random.nextInt(3)).mapToObj(i -> anyFilter(random)).toList();
    Scope scope = random.nextBoolean() ? Scope.EVERYTHING : Scope.of(grants);
    Viewer viewer = new Viewer(random.nextBoolean() ? "bob" : null, Set.of());
    return new View(anyFilter(random), scope, viewer);
  }

  /** By any number of attributes, with one to three terms each. */
  private static ActivityFilter anyFilter(Random random) {
    return new ActivityFilter(
        anyTerms(random), anyTerms(random), anyTerms(random), anyTerms(random));
  }

  private static Terms anyTerms(Random random) {
    if (random.nextInt(3) > 0) {
      return Terms.ANY;
    }
    return Terms.parse(
        IntStream.rangeClosed(0, random.nextInt(3)).mapToObj(i -> any(random, TERMS)).toList());
  }

  private static String any(Random random, List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
