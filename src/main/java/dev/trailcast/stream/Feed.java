package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import java.time.Instant;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * What one reader gets, in its order: how the stream begins, then everything between its cursor and
 * the head, from history and from the tail, as far as it asked for it, and now and then where it
 * is.
 *
 * <p>For the one thread that serves the reader, but for {@link #receive}.
 */
final class Feed {
  /** How far it has come. */
  enum Progress {
    /** Stopped in the middle: enough for one write. */
    MORE,
    /** There is more, but it can wait for company. */
    PART,
    /** Has to wait for a page of history. */
    WAITING,
    /** Nothing lies before it. */
    AT_HEAD
  }

  private final Trail trail;
  private final Cursor cursor;
  private final Outlet outlet;
  private final StreamPosition start;
  private final Conflation conflation; // or null
  private Gap gap;
  private Selection selection;
  private Page page;
  private boolean opened;
  private boolean saidLive;
  private long told;

  // handed over: others may push it out of history meanwhile
  private volatile Page read;

  /**
   * @param cursor at the place
   * @param conflation keeps the reader to a rate, or null
   */
  Feed(Trail trail, Cursor cursor, Place place, Outlet outlet, Conflation conflation) {
    this.trail = trail;
    this.cursor = cursor;
    this.outlet = outlet;
    this.start = place.position();
    this.gap = place.gap();
    this.selection = place.selection();
    this.conflation = conflation;
    this.told = start.offset();
  }

  /** A page of history that it has waited for. From any thread. */
  void receive(Page handedOver) {
    read = handedOver;
  }

  /** Puts out how the stream begins, the first time. */
  void open(WriteBuffer out) {
    if (opened) {
      return;
    }
    opened = true;
    // with a gap to be told, the id would say that it had been: a cut between the two would hide it
    boolean later = gap != null || selection != null;
    saidLive = !later && trail.tail().isAtHead(cursor);
    outlet.opening(out, later ? null : start, saidLive);
    if (gap != null) {
      outlet.gap(out, gap);
      gap = null;
    }
  }

  /**
   * Puts out what lies before the cursor, until there is enough for a write.
   *
   * @param frames the thread's own
   * @param waiting is woken when there is a page of history that it has to wait for
   */
  Progress advance(WriteBuffer out, Frame[] frames, Subscriber waiting) {
    Progress progress = gather(out, frames, waiting);
    if (conflation != null) {
      long now = System.nanoTime();
      long leftOut = conflation.leftOut(now);
      if (leftOut > 0) {
        outlet.conflated(out, leftOut);
      }
      conflation.release(now, sending(out));
    }
    return progress;
  }

  private Progress gather(WriteBuffer out, Frame[] frames, Subscriber waiting) {
    while (!out.isFull()) {
      if (putSegments(out)) {
        return Progress.PART;
      }
      int count = read(frames, out.room());
      if (count == Tail.BEHIND) {
        if (!advanceInHistory(out, waiting)) {
          return Progress.WAITING;
        }
        continue;
      }
      page = null; // back on the tail
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
      told = segment.lastOffset();
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
      outlet.frame(out, frame);
    } else if (conflation != null) {
      conflation.add(recorded);
    } else {
      outlet.frame(out, frame);
      told = frame.offset();
    }
  }

  /** Puts out what was held back for the reader's rate, for there is no later. */
  void releaseAll(WriteBuffer out) {
    if (conflation != null) {
      conflation.releaseAll(sending(out));
    }
  }

  private Consumer<RecordedFrame> sending(WriteBuffer out) {
    return frame -> {
      outlet.frame(out, frame);
      told = frame.offset();
    };
  }

  /** When to go on, where something is held back for the reader's rate. */
  long due() {
    return conflation.due(System.nanoTime());
  }

  /** Whether something is held back for the reader's rate. */
  boolean holdsBack() {
    return conflation != null && !conflation.isEmpty();
  }

  private boolean advanceInHistory(WriteBuffer out, Subscriber waiting) {
    if (page == null || !page.covers(cursor.offset())) {
      page = read;
    }
    if (page == null || !page.covers(cursor.offset())) {
      page = trail.history().page(cursor.offset(), waiting);
    }
    read = null;
    if (page == null) {
      return false;
    }
    if (page.after() > cursor.offset()) {
      StreamPosition resumed = start.at(page.after());
      outlet.gap(out, new Gap(Gap.Reason.EXPIRED, start.at(cursor.offset()).toString(), resumed));
      cursor.moveAlongHistory(page.after());
      told = page.after();
    }
    BitSet own = page.frames().matching(cursor.channel().view());
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
    page = null;
    return true;
  }

  /** Says that it is live, once; and at a heartbeat where it is, if that has moved unseen. */
  void sayWhereItIs(WriteBuffer out, Progress progress, boolean beat) {
    StreamPosition here = start.at(holdsBack() ? told : cursor.offset());
    if (progress == Progress.AT_HEAD && !saidLive) {
      saidLive = true;
      outlet.position(out, here, true);
      told = here.offset();
    } else if (beat && out.isEmpty()) {
      boolean moved = told != here.offset();
      boolean live = progress == Progress.AT_HEAD;
      outlet.heartbeat(out, new Outlet.Beat(here, moved, live, Instant.now()));
      told = here.offset();
    }
  }

  /** Lets go of what it holds. */
  void forget() {
    page = null;
    read = null;
  }
}
