package dev.trailcast.stream.follow;

import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is told, in one list, after something has happened that a test wants to. */
final class RecordingProjection implements Projection {
  /** What goes before. */
  interface Before {
    void happens(String told) throws Exception;
  }

  private final List<String> told = new ArrayList<>();
  private Before before = anything -> {};

  /** What happens before each is kept; it is not kept where this throws. */
  RecordingProjection before(Before happening) {
    before = happening;
    return this;
  }

  /** Activities by their subject, erasures and gaps by their names. */
  synchronized List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void recorded(JournalEntry entry) throws Exception {
    take(entry.activity().subject());
  }

  @Override
  public void erased(Erasure erasure) throws Exception {
    take("erased");
  }

  @Override
  public void gap(Gap gap) throws Exception {
    take(gap.reason() + " " + gap.requested() + " " + gap.resumed().offset());
  }

  private void take(String one) throws Exception {
    before.happens(one);
    synchronized (this) {
      told.add(one);
    }
  }
}
