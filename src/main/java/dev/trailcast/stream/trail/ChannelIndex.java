package dev.trailcast.stream.trail;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the channels that an activity may belong to, so that recording one costs by how many
 * readers get it and not by how many there are. Not safe for use by many threads.
 */
final class ChannelIndex {
  private final Set<PublicChannel> everything = new LinkedHashSet<>();
  private final Map<Attribute, Terms> byAttribute = new EnumMap<>(Attribute.class);

  void add(PublicChannel channel) {
    for (ActivityFilter key : channel.view().keys()) {
      Attribute attribute = Attribute.first(key);
      if (attribute == null) {
        everything.add(channel);
      } else {
        byAttribute
            .computeIfAbsent(attribute, any -> new Terms())
            .add(channel, attribute.terms(key));
      }
    }
  }

  void remove(PublicChannel channel) {
    for (ActivityFilter key : channel.view().keys()) {
      Attribute attribute = Attribute.first(key);
      if (attribute == null) {
        everything.remove(channel);
      } else {
        byAttribute.get(attribute).remove(channel, attribute.terms(key));
      }
    }
  }

  /**
   * Names every channel that {@code activity} is in, and perhaps some that it is not in. One that
   * has several terms for it may be named more than once.
   */
  void candidates(Activity activity, Consumer<PublicChannel> found) {
    everything.forEach(found);
    byAttribute.forEach((attribute, terms) -> terms.find(attribute.of(activity), found));
  }

  /** The channels that go by one attribute. */
  private static final class Terms {
    private final Map<String, Set<PublicChannel>> exact = new HashMap<>();
    private final Map<String, Set<PublicChannel>> prefixes = new HashMap<>();
    private final Map<Integer, Integer> lengths = new TreeMap<>(); // how many prefixes are so long

    void add(PublicChannel channel, ActivityFilter.Terms terms) {
      terms.exact().forEach(term -> set(exact, term).add(channel));
      for (String prefix : terms.prefixes()) {
        Set<PublicChannel> channels = set(prefixes, prefix);
        if (channels.isEmpty()) {
          lengths.merge(prefix.length(), 1, Integer::sum);
        }
        channels.add(channel);
      }
    }

    void remove(PublicChannel channel, ActivityFilter.Terms terms) {
      terms.exact().forEach(term -> removeFrom(exact, term, channel));
      for (String prefix : terms.prefixes()) {
        if (removeFrom(prefixes, prefix, channel)) {
          lengths.computeIfPresent(prefix.length(), (length, n) -> n == 1 ? null : n - 1);
        }
      }
    }

    void find(String value, Consumer<PublicChannel> found) {
      if (value == null) {
        return;
      }
      exact.getOrDefault(value, Set.of()).forEach(found);
      for (int length : lengths.keySet()) {
        if (length > value.length()) {
          return;
        }
        prefixes.getOrDefault(value.substring(0, length), Set.of()).forEach(found);
      }
    }

    private static Set<PublicChannel> set(Map<String, Set<PublicChannel>> map, String term) {
      return map.computeIfAbsent(term, any -> new LinkedHashSet<>());
    }

    /** Whether it was the last for this term. */
    private static boolean removeFrom(
        Map<String, Set<PublicChannel>> map, String term, PublicChannel channel) {
      Set<PublicChannel> channels = map.get(term);
      return channels != null
          && channels.remove(channel)
          && channels.isEmpty()
          && map.remove(term) != null;
    }
  }
}
