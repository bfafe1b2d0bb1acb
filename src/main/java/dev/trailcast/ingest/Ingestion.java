package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Right;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Any number of activities that are brought together, of which a bad one costs no good one. They go
 * to the journal in stretches, a bounded number of bytes ahead of the disk, so that they are read
 * and written at the same time. For one thread.
 */
public final class Ingestion {
  /** Of what does not come in lines. */
  public static final int NO_LINE = 0;

  private static final int STRETCH_BYTES = 64 * 1024;
  private static final int BYTES_AHEAD = 256 * 1024;

  private final Intake intake;
  private final Caller caller;
  private final Tally tally = new Tally();
  private final Deque<Stretch> ahead = new ArrayDeque<>(); // handed on, oldest first

  private Stretch offered = new Stretch();
  private long bytesAhead;
  private long index;
  private long line;

  /** Brings to {@code intake} what {@code caller} may record, and by it where that names nobody. */
  public Ingestion(Intake intake, Caller caller) {
    this.intake = intake;
    this.caller = caller;
  }

  /** Some that are next to each other, and handed on as one batch. */
  private static final class Stretch {
    final List<EncodedActivity> activities = new ArrayList<>();
    final List<Place> places = new ArrayList<>(); // where each of them stood
    final Tally tally = new Tally();
    int bytes;
    long lastLine;
    CompletableFuture<List<Receipt>> receipts;
  }

  /** Where something stood in what was brought. */
  private record Place(long index, long line) {}

  /**
   * Takes the next one.
   *
   * @param atLine where it stands, or {@link #NO_LINE}
   * @throws JournalException as {@link #handOn}
   */
  public void offer(long atLine, Supplier<Activity> element) {
    try {
      EncodedActivity activity = intake.admit(element, caller.name(), caller.reach(Right.PUBLISH));
      offered.activities.add(activity);
      offered.places.add(new Place(index, atLine));
      offered.bytes += activity.json().length;
    } catch (InvalidActivityException e) {
      offered.tally.reject(index, atLine, e);
    }
    offered.lastLine = atLine;
    index++;
    if (offered.bytes >= STRETCH_BYTES) {
      handOn();
    }
  }

  /**
   * Hands on what was offered so far, and waits as long as too much is ahead of the disk.
   *
   * @throws JournalException if it can't go on; what came before is settled where it can be
   */
  void handOn() {
    if (offered.activities.isEmpty()) {
      return;
    }
    while (!ahead.isEmpty() && bytesAhead + offered.bytes > BYTES_AHEAD) {
      settleOldest();
    }
    try {
      offered.receipts = intake.record(offered.activities);
    } catch (JournalException e) {
      settleAhead();
      throw e;
    }
    ahead.add(offered);
    bytesAhead += offered.bytes;
    offered = new Stretch();
  }

  /**
   * Waits until everything offered is settled.
   *
   * @throws JournalException as {@link #handOn}
   */
  public void finish() {
    handOn();
    settleAhead();
    settle(offered); // bad ones only
  }

  /** Looks whether more has been settled meanwhile, and waits for nothing. */
  void settleWhatIsDone() {
    while (!ahead.isEmpty() && ahead.element().receipts.isDone()) {
      settleOldest();
    }
  }

  private void settleAhead() {
    while (!ahead.isEmpty()) {
      settleOldest();
    }
  }

  private void settleOldest() {
    Stretch oldest = ahead.element();
    List<Receipt> receipts = intake.await(oldest.receipts);
    for (int i = 0; i < receipts.size(); i++) {
      Place place = oldest.places.get(i);
      oldest.tally.record(place.index(), place.line(), receipts.get(i));
    }
    ahead.remove();
    bytesAhead -= oldest.bytes;
    settle(oldest);
  }

  private void settle(Stretch stretch) {
    tally.add(stretch.tally);
    line = Math.max(line, stretch.lastLine);
  }

  /**
   * The ids of those that were handed on and are not settled, in their order: whether they will be
   * durable is unknown. Not those that are no activities.
   */
  private List<String> unsettled() {
    return ahead.stream()
        .flatMap(stretch -> stretch.activities.stream())
        .map(encoded -> encoded.activity().id())
        .toList();
  }

  /**
   * What is known where it could not go on, as members of a problem: the tally, and the ids of
   * those that may become durable, or not.
   */
  public Map<String, Object> soFar() {
    Map<String, Object> members = tally.members();
    List<String> unsettled = unsettled();
    if (!unsettled.isEmpty()) {
      members.put("ids", unsettled);
    }
    return members;
  }

  /** What has become of those that are settled. */
  public Tally tally() {
    return tally;
  }

  /** All lines up to this one are settled. */
  long line() {
    return line;
  }
}
