package dev.trailcast.stream.trail;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was packed lately on all channels together, bounded in bytes: the oldest is dropped first.
 * Guarded by the tail's lock.
 */
final class KeptSegments {
  static final long MOST_BYTES = 16 << 20;

  private final Map<Segment, PublicChannel> segments = new LinkedHashMap<>(); // the oldest first
  private long bytes;

  void add(Segment segment, PublicChannel channel) {
    segments.put(segment, channel);
    bytes += segment.bytes();
    Iterator<Map.Entry<Segment, PublicChannel>> oldest = segments.entrySet().iterator();
    while (bytes > MOST_BYTES && segments.size() > 1) {
      Map.Entry<Segment, PublicChannel> each = oldest.next();
      oldest.remove();
      bytes -= each.getKey().bytes();
      each.getValue().forget(each.getKey());
    }
  }

  void remove(Segment segment) {
    if (segments.remove(segment) != null) {
      bytes -= segment.bytes();
    }
  }

  int size() {
    return segments.size();
  }
}
