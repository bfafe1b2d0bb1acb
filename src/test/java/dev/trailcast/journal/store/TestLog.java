package dev.trailcast.journal.store;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * A log at random: with holes and eras, with records that are no activities, and with repeats, near
 * and far, of which some tell something else under the same id.
 */
final class TestLog {
  static final String EPOCH = "log";

  private static final int SOURCES = 2;
  private static final int ACTORS = 5;

  private final Random random;
  private final long window;
  private final List<Record> records = new ArrayList<>();
  private int ids;

  /**
   * A record.
   *
   * @param activity empty if it is none
   */
  record Record(StreamPosition place, Optional<EncodedActivity> activity) {
    long offset() {
      return place.offset();
    }

    /** What it is told from others by; only of an activity. */
    String identity() {
      Activity told = activity.orElseThrow().activity();
      return told.id() + " " + told.source();
    }
  }

  TestLog(Random random, long window, int size) {
    this.random = random;
    this.window = window;
    StreamPosition last = new StreamPosition(EPOCH, 0);
    while (records.size() < size) {
      long offset = last.offset() + 1 + (isOneOf(10) ? random.nextLong(2 * window) : 0);
      int era = last.era() + (isOneOf(200) ? 1 + random.nextInt(3) : 0);
      last = new StreamPosition(EPOCH, era, offset);
      records.add(new Record(last, isOneOf(10) ? Optional.empty() : Optional.of(activity(last))));
    }
  }

  List<Record> records() {
    return records;
  }

  /**
   * Which records repeat others, by the rule alone, as far as can be seen in the log behind an
   * offset: the offset of each, and of the one that was new.
   */
  Map<Long, Long> repeats(long after) {
    Map<Long, Long> repeats = new HashMap<>();
    Map<String, Long> last = new HashMap<>();
    Map<String, Long> first = new HashMap<>();
    for (Record record : records) {
      if (record.offset() > after && record.activity().isPresent()) {
        Long before = last.put(record.identity(), record.offset());
        if (before != null && before > record.offset() - window) {
          repeats.put(record.offset(), first.get(record.identity()));
        } else {
          first.put(record.identity(), record.offset());
        }
      }
    }
    return repeats;
  }

  private EncodedActivity activity(StreamPosition place) {
    if (isOneOf(40)) {
      return EncodedActivity.of(Erasure.of(actor(), place.at(place.offset() - 1)).toActivity());
    }
    return EncodedActivity.of(
        Activity.of(actor(), "test.done")
            .withId("a" + (isOneOf(2) || records.isEmpty() ? ids++ : repeated(place.offset())))
            .withSource("/" + random.nextInt(SOURCES))
            .withData(random.nextInt(2)));
  }

  private String actor() {
    return "u" + random.nextInt(ACTORS);
  }

  /** The number of an id that came before: lately, about a window ago, or at any time. */
  private int repeated(long offset) {
    long wanted =
        switch (random.nextInt(3)) {
          case 0 -> offset - 1 - random.nextInt(10);
          case 1 -> offset - window + random.nextInt(5) - 2;
          default -> random.nextLong(offset);
        };
    for (int i = records.size() - 1; i >= 0; i--) {
      Record record = records.get(i);
      if (record.offset() <= wanted && record.activity().isPresent()) {
        String id = record.activity().get().activity().id();
        if (id.startsWith("a")) {
          return Integer.parseInt(id.substring(1));
        }
      }
    }
    return ids++;
  }

  private boolean isOneOf(int many) {
    return random.nextInt(many) == 0;
  }
}
