package dev.trailcast.stream.trail;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import dev.trailcast.activity.View;
import dev.trailcast.stream.wire.RecordedFrame;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Finds, among a few hundred frames next to each other, those of a view, without asking each: ten
 * thousand readers that catch up with ten thousand filters share the looking through. Safe for use
 * by many threads.
 */
public final class FrameIndex {
  // fixed at birth
  private final List<RecordedFrame> frames;
  private final BitSet erasures = new BitSet(0); // which tell of one

  // guarded by this: which frames have a value, made when first asked for
  private final Map<Attribute, NavigableMap<String, BitSet>> byAttribute =
      new EnumMap<>(Attribute.class);

  FrameIndex(List<RecordedFrame> frames) {
    this.frames = frames;
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).activity().isErasure()) {
        erasures.set(i);
      }
    }
  }

  /** Of all its frames. */
  long bytes() {
    return frames.stream().mapToLong(RecordedFrame::bytes).sum();
  }

  public RecordedFrame frame(int number) {
    return frames.get(number);
  }

  /** The frames that a view's reader is told of. */
  public List<RecordedFrame> of(View view) {
    return matching(view).stream().mapToObj(this::frame).toList();
  }

  /** The numbers of the frames that a view's reader is told of. */
  public BitSet matching(View view) {
    BitSet found = new BitSet(frames.size());
    view.keys().forEach(key -> find(key, found));
    found.or(erasures);
    for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
      if (!view.tells(frames.get(i).activity())) {
        found.clear(i);
      }
    }
    return found;
  }

  private void find(ActivityFilter key, BitSet found) {
    Attribute attribute = Attribute.first(key);
    if (attribute == null) {
      found.set(0, frames.size());
      return;
    }
    ActivityFilter.Terms terms = attribute.terms(key);
    NavigableMap<String, BitSet> values = values(attribute);
    terms.exact().forEach(term -> found.or(values.getOrDefault(term, new BitSet())));
    for (String prefix : terms.prefixes()) {
      values.tailMap(prefix, true).entrySet().stream()
          .takeWhile(each -> each.getKey().startsWith(prefix))
          .forEach(each -> found.or(each.getValue()));
    }
  }

  private synchronized NavigableMap<String, BitSet> values(Attribute attribute) {
    return byAttribute.computeIfAbsent(
        attribute,
        any -> {
          NavigableMap<String, BitSet> values = new TreeMap<>();
          for (int i = 0; i < frames.size(); i++) {
            String value = attribute.of(frames.get(i).activity());
            if (value != null) {
              values.computeIfAbsent(value, one -> new BitSet()).set(i);
            }
          }
          return values;
        });
  }
}
