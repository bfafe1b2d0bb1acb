package dev.trailcast.stream.delivery;

import dev.trailcast.activity.View;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.trail.Cursor;
import dev.trailcast.stream.trail.History;
import dev.trailcast.stream.trail.HistoryPage;
import dev.trailcast.stream.trail.Horizon;
import dev.trailcast.stream.trail.Place;
import dev.trailcast.stream.trail.Segment;
import dev.trailcast.stream.trail.Selection;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.trail.Trail;
import dev.trailcast.stream.wire.Cargo;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.Encoded;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.WriteBuffer;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * What a reader of the trail gets: how the stream begins, then everything between its cursor and
 * the head, from history and from the tail, as far as it asked for it, and now and then where it
 * is.
 *
 * <p>For the one thread that serves the reader, but for what history tells.
 */
public final class TrailFeed implements Feed, History.Waiting {
  private static final Reference<HistoryPage> NONE = new WeakReference<>(null);

  private final Trail trail;
  private final Cursor cursor;
  private final Whereabouts whereabouts;
  private final Outlet outlet;
  private final Subscriber reader;
  private final StreamPosition start;
  private final Conflation conflation; // or null
  private final int history;
  private Gap gap;
  private Selection selection;
  private boolean checked; // whether its place is in the tail's history
  private boolean opened;
  private boolean live; // it has caught up, and did not fall behind the tail since

  // the one that it was given last; others may push it out of history before its turn comes, but
  // it is not for a reader to keep in memory: there are many, and some never take a thing
  private volatile Reference<HistoryPage> page = NONE;

  /**
   * On the trail from here on.
   *
   * @param reader who gets it
   * @param conflation keeps it to a rate, or null
   */
  public TrailFeed(
      Trail trail,
      Subscriber reader,
      View view,
      Place place,
      Outlet outlet,
      Conflation conflation) {
    this.trail = trail;
    this.reader = reader;
    this.outlet = outlet;
    this.start = place.position();
    this.gap = place.gap();
    this.selection = place.selection();
    this.conflation = conflation;
    this.whereabouts = new Whereabouts(start, new Horizon(trail.tail(), view), trail.lag());
    this.history = trail.tail().history(); // first: what it joins then is no earlier one
    this.cursor = trail.tail().join(reader, view, start.offset());
  }

  @Override
  public void receive(HistoryPage handedOver) {
    page = new WeakReference<>(handedOver);
    reader.wake();
  }

  @Override
  public void giveUp() {
    reader.giveUp(CloseReason.UNAVAILABLE);
  }

  @Override
  public void open(WriteBuffer out) {
    if (opened) {
      return;
    }
    opened = true;
    // with a gap to be told, the id would say that it had been: a cut between the two would hide it
    boolean later = gap != null || selection != null;
    outlet.opening(
        out,
        later
            ? ControlEvent.position(null, false)
            : whereabouts.opening(trail.tail().isAtHead(cursor)));
    if (gap != null) {
      tell(out, gap);
      gap = null;
    }
  }

  private void tell(WriteBuffer out, Gap told) {
    outlet.control(out, ControlEvent.gap(told));
    out.cargo().add(told.reason());
  }

  @Override
  public Progress advance(WriteBuffer out, Frame[] frames) {
    Progress progress = gather(out, frames);
    live |= progress == Progress.AT_HEAD || progress == Progress.PART;
    if (conflation != null) {
      long now = System.nanoTime();
      long leftOut = conflation.leftOut(now);
      if (leftOut > 0) {
        outlet.control(out, ControlEvent.conflated(leftOut));
        out.cargo().leaveOut(leftOut);
      }
      conflation.release(now, sending(out));
    }
    return progress;
  }

  private Progress gather(WriteBuffer out, Frame[] frames) {
    if (hasAnotherHistoryBegun()) { // what it has is void; it is told so as it comes back
      giveUp();
      return Progress.WAITING;
    }
    while (!out.isFull()) {
      if (putSegments(out)) {
        return Progress.PART;
      }
      if (out.isFull()) { // by what was packed
        break;
      }
      int count = read(frames, out.room());
      if (count == Tail.BEHIND) {
        live = false;
        if (!advanceInHistory(out)) {
          return Progress.WAITING;
        }
        continue;
      }
      page = NONE; // back on the tail
      if (count == 0) {
        return Progress.AT_HEAD;
      } else {
        for (int i = 0; i < count; i++) {
          put(out, frames[i]);
          frames[i] = null; // what has left the tail may leave memory
        }
      }
    }
    return Progress.MORE;
  }

  private boolean hasAnotherHistoryBegun() {
    return trail.tail().history() != history || (!checked && !isKnown());
  }

  /** Its place may have been found before. */
  private boolean isKnown() {
    checked = trail.tail().knows(start);
    return checked;
  }

  /**
   * Puts out what was packed for everybody, or begins with it.
   *
   * @return whether there was any, and more has come since: enough for now, for it should not be
   *     packed in crumbs
   */
  private boolean putSegments(WriteBuffer out) {
    Format format = outlet.packedFormat();
    if (format == null || conflation != null || selection != null) {
      return false;
    }
    boolean any = false;
    while (!out.isFull()) {
      Segment segment = trail.tail().segment(cursor, format, !any);
      if (segment == null) {
        return any && !trail.tail().isAtHead(cursor);
      }
      out.insert(segment.packed(trail.compression()));
      out.cargo().add(segment.count(), live ? segment.recorded() : Cargo.UNTIMED);
      whereabouts.tell(segment.lastOffset());
      any = true;
    }
    return false;
  }

  private int read(Frame[] frames, int enough) {
    if (selection != null) {
      Long next = selection.behind(cursor.offset());
      if (next != null) {
        cursor.moveAlongHistory(next - 1);
        return Tail.BEHIND;
      }
      cursor.moveAlongHistory(Math.max(cursor.offset(), selection.upTo()));
      selection = null;
    }
    return trail.tail().read(cursor, frames, enough);
  }

  private void put(WriteBuffer out, Frame frame) {
    if (!(frame instanceof RecordedFrame recorded)) {
      put(out, frame, Cargo.UNTIMED);
    } else if (conflation != null && !recorded.activity().isErasure()) {
      conflation.add(recorded);
    } else {
      if (conflation != null) {
        Erasure.in(recorded.activity()).ifPresent(conflation::erase);
        releaseAll(out); // before its id, which is behind theirs
      }
      put(out, frame, live ? recorded.recorded() : Cargo.UNTIMED);
      whereabouts.tell(frame.offset());
    }
  }

  private void put(WriteBuffer out, Encoded frame, long recorded) {
    outlet.frame(out, frame);
    out.cargo().add(1, recorded);
  }

  @Override
  public void releaseAll(WriteBuffer out) {
    if (conflation != null) {
      conflation.releaseAll(sending(out));
    }
  }

  private Consumer<RecordedFrame> sending(WriteBuffer out) {
    return frame -> {
      put(out, frame, Cargo.UNTIMED); // held back on purpose
      whereabouts.tell(frame.offset());
    };
  }

  /** By the reader's rate. */
  @Override
  public long due() {
    return conflation.due(System.nanoTime());
  }

  /** For the reader's rate. */
  @Override
  public boolean holdsBack() {
    return conflation != null && !conflation.isEmpty();
  }

  private boolean advanceInHistory(WriteBuffer out) {
    HistoryPage page = page();
    if (page == null) {
      return false;
    }
    if (page.after() > cursor.offset()) {
      releaseAll(out); // its id is behind theirs: a reader cut off then would never get them
      StreamPosition resumed = trail.tail().head().at(page.after());
      String requested = whereabouts.told().toString();
      tell(out, new Gap(Gap.Reason.EXPIRED, requested, resumed));
      cursor.moveAlongHistory(page.after());
      whereabouts.tell(page.after());
    }
    BitSet own = page.frames().matching(cursor.view());
    for (int i = own.nextSetBit(0); i >= 0; i = own.nextSetBit(i + 1)) {
      RecordedFrame frame = page.frames().frame(i);
      if (frame.offset() > cursor.offset()
          && (selection == null || selection.includes(frame.offset()))) {
        if (out.isFull()) {
          return true;
        }
        put(out, frame);
        cursor.moveAlongHistory(frame.offset());
      }
    }
    cursor.moveAlongHistory(page.upTo());
    return true;
  }

  /** The page where the cursor is; null where it has to wait, or is given up. */
  private HistoryPage page() {
    long offset = cursor.offset();
    HistoryPage known = page.get();
    if (known != null && known.covers(offset)) {
      return known;
    }
    if (!reader.isApart()) {
      HistoryPage there = trail.history().page(offset, this);
      if (there != null) { // else it may have been received meanwhile
        page = new WeakReference<>(there);
      }
      return there;
    }
    // its thread may wait; it would not come again before long, and find the page gone
    HistoryPage awaited = trail.history().await(offset);
    page = new WeakReference<>(awaited);
    if (awaited == null) {
      giveUp();
    }
    return awaited;
  }

  @Override
  public void sayWhereItIs(WriteBuffer out, Progress progress, boolean beat) {
    long here = holdsBack() ? whereabouts.told().offset() : cursor.offset();
    whereabouts.say(outlet, out, here, progress == Progress.AT_HEAD, beat);
  }

  @Override
  public long behind() {
    return Math.max(0, trail.tail().head().offset() - cursor.seenOffset());
  }

  @Override
  public void end() {
    trail.tail().leave(cursor);
  }
}
