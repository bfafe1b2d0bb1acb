package dev.trailcast.stream.follow;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.container.Enduring;
import dev.trailcast.journal.Bookmarks;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.Extent;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalPage;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.journal.ParkedActivity;
import dev.trailcast.journal.StreamPosition;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A bean that follows the journal, until it is closed or the application ends. Where it is then is
 * where it goes on, under the same name.
 *
 * <p>Safe for use by many threads.
 */
public final class Following implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Following.class.getName());

  /** At 65,000 bytes each they are 13 MB. */
  private static final int PAGE = 200;

  /** What a process that dies has to do again. */
  static final Duration KEEP = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(5);

  // fixed at birth
  private final String name;
  private final View view;
  private final Start start;
  private final Projection projection;
  private final FollowSettings settings;
  private final JournalReader journal;
  private final Bookmarks bookmarks;
  private final InstantSource clock;
  private final Pace pace;

  // guarded by this
  private boolean news = true;
  private boolean stopped;
  private long erasures; // announced since it began
  private boolean finished; // its thread keeps nothing more
  private Thread thread; // null before it was started

  // written by its thread, read by all
  private volatile StreamPosition at; // null before it was found
  private volatile boolean failing;
  private volatile long failures;
  private volatile long gaps;
  private volatile int parked;

  // only its thread, but for the first look, which comes before it
  private Gap untold; // null where what comes next joins what came before
  private StreamPosition kept; // null before it was
  private long keptAt;
  private boolean unkept; // the last time, it could not be
  private boolean tooManyParked;

  Following(
      String name,
      ActivityFilter filter,
      Start start,
      Projection projection,
      FollowSettings settings,
      JournalReader journal,
      Bookmarks bookmarks,
      InstantSource clock,
      Pace pace) {
    this.name = name;
    this.view = View.unrestricted(filter);
    this.start = start;
    this.projection = projection;
    this.settings = settings;
    this.journal = journal;
    this.bookmarks = bookmarks;
    this.clock = clock;
    this.pace = pace;
  }

  /** Under which it follows. */
  public String name() {
    return name;
  }

  /** How it gets on. */
  public FollowingStatus status() {
    StreamPosition now = at;
    return new FollowingStatus(
        name, Optional.ofNullable(now), behind(now), failing, failures, gaps, parked);
  }

  private long behind(StreamPosition now) {
    try {
      return now == null ? 0 : Math.max(0, journal.extent().head().offset() - now.offset());
    } catch (JournalException e) { // it is copied anew, say: there is nothing to be behind of
      return 0;
    }
  }

  /**
   * The activities that it has gone on without, in the order in which it gave them up.
   *
   * @throws IOException if they can't be read from the disk
   */
  public List<ParkedActivity> parked() throws IOException {
    return bookmarks.parked(name);
  }

  /**
   * Lets go of a parked activity, which has been seen to otherwise.
   *
   * @return whether it was there
   * @throws IOException if that can't be written to the disk
   */
  public boolean discard(StreamPosition position) throws IOException {
    boolean wasThere = bookmarks.discard(name, position);
    parked = bookmarks.countParked(name);
    return wasThere;
  }

  /**
   * Ends it. When this returns, the projection is called no more, and where it is has been kept:
   * unless it does not come back from an activity for 5 s, and then not from an interrupt, or this
   * is called by itself. Its name can be used again when it has come back.
   */
  @Override
  public void close() {
    stop();
    awaitEnd(pace.nanoTime() + CLOSING_PATIENCE.toNanos());
  }

  synchronized void stop() {
    stopped = true;
    notifyAll();
  }

  /** Waits until it has come back from what it is at, and no longer than that. */
  void awaitEnd(long deadline) {
    Thread running = thread();
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    try {
      TimeUnit.NANOSECONDS.timedJoin(running, Math.max(1, deadline - pace.nanoTime()));
      if (running.isAlive()) {
        LOG.log(
            Level.WARNING,
            "TRAIL0417W: {0} does not come back from an activity; interrupting it",
            name);
        abandon();
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Thread thread() {
    return thread;
  }

  /** Soon the journal's directory may be somebody else's. */
  private synchronized void abandon() {
    finished = true;
  }

  /** It runs on this thread, which is not started yet. */
  synchronized void runOn(Thread one) {
    thread = one;
  }

  /**
   * Something was appended.
   *
   * @param erasure whether that tells of an erasure
   */
  synchronized void note(boolean erasure) {
    news = true;
    erasures += erasure ? 1 : 0;
    notifyAll();
  }

  /** Finds out where it begins, if that is possible now; else its thread does. */
  void lookWhereToBegin() {
    try {
      begin();
    } catch (JournalException | IOException e) {
      LOG.log(Level.DEBUG, "It is not known yet where " + name + " begins", e);
    }
  }

  private void begin() throws IOException {
    Extent extent = journal.extent(); // first: where it was never open, its directory is not ours
    String asked = bookmarks.position(name).orElseGet(() -> start.in(journal).toString());
    parked = bookmarks.countParked(name);
    Optional<StreamPosition> position = StreamPosition.parse(asked);
    if (position.isPresent() && hasGiven(extent, position.get())) {
      at = position.get(); // what has expired is noticed as it reads on
    } else {
      untold = new Gap(Gap.Reason.UNKNOWN, asked, extent.floor());
      at = extent.floor();
    }
    keep(); // or it would begin later the next time, with what is the latest then
  }

  /** Goes on until it is stopped. */
  void run() {
    Thread.currentThread().setName("trailcast-follow-" + name);
    boolean inTrouble = false;
    boolean interrupted = false;
    try {
      while (awaitNews()) {
        try {
          goOn();
          inTrouble = false;
        } catch (IOException | RuntimeException | Error e) { // a step ends, and not the thread
          if (!inTrouble) {
            inTrouble = true;
            Level level = e instanceof JournalException ? Level.DEBUG : Level.ERROR;
            Enduring.log(
                LOG, level, "TRAIL0418E: " + name + " can't go on now; it is tried again", e);
          }
          note(false);
          pause(RETRY, erasures());
        }
      }
    } catch (InterruptedException e) {
      interrupted = true; // the server takes its threads back
    }
    keepOrLog(); // as long as it is not: nothing could be written
    abandon();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean awaitNews() throws InterruptedException {
    while (!stopped && !news) {
      if (at.equals(kept)) {
        wait();
      } else {
        long due = keptAt + KEEP.toNanos() - pace.nanoTime();
        if (due <= 0) {
          return true;
        }
        pace.await(this, due);
      }
    }
    news = false;
    return !stopped;
  }

  private synchronized long erasures() {
    return erasures;
  }

  private synchronized boolean goesOn(long seen) {
    return !stopped && erasures == seen;
  }

  /**
   * Waits before something is tried again.
   *
   * @return whether it still is to be: it was not stopped, and nothing was erased meanwhile
   */
  private synchronized boolean pause(Duration pause, long seen) throws InterruptedException {
    long end = pace.nanoTime() + pause.toNanos();
    for (long left = pause.toNanos(); goesOn(seen) && left > 0; left = end - pace.nanoTime()) {
      pace.await(this, left);
    }
    return goesOn(seen);
  }

  /** Goes on up to the newest, or until it is stopped. */
  void goOn() throws IOException, InterruptedException {
    if (at == null) {
      begin();
    }
    boolean more = true;
    while (more && goesOn(erasures())) {
      more = takeNext();
      keepIfDue();
    }
  }

  /**
   * Takes a page, or as much of it as was not erased meanwhile.
   *
   * @return whether there may be more
   */
  private boolean takeNext() throws IOException, InterruptedException {
    long seen = erasures(); // what is read now has nothing of what these have erased
    if (untold != null) {
      tellOfGap(seen);
      return true;
    }
    Extent extent = journal.extent();
    if (!hasGiven(extent, at)) { // it has begun another history
      untold = new Gap(Gap.Reason.UNKNOWN, at.toString(), extent.floor());
      return true;
    }
    if (at.offset() >= extent.head().offset()) {
      return false;
    }
    JournalPage page = journal.read(at.offset(), view, PAGE);
    if (page.after().offset() > at.offset()) {
      untold = new Gap(Gap.Reason.EXPIRED, at.toString(), page.after());
      return true;
    }
    for (JournalEntry entry : page.entries()) {
      if (!take(entry, seen)) {
        return true;
      }
      at = entry.position();
      keepIfDue();
    }
    at = page.upTo();
    return true;
  }

  private static boolean hasGiven(Extent extent, StreamPosition position) {
    return switch (extent.locate(position)) {
      case HERE, EXPIRED -> true;
      case AHEAD -> extent.mayComeTo(position);
      case UNKNOWN -> false;
    };
  }

  /** Has the projection take one, or parks it; says whether it could go on as far as that. */
  private boolean take(JournalEntry entry, long seen) throws IOException, InterruptedException {
    for (int tries = 1; goesOn(seen); tries++) {
      Optional<Throwable> failure = call(() -> hand(entry));
      if (failure.isEmpty()) {
        return true;
      }
      if (tries >= settings.tries() && goesOn(seen) && park(entry, tries, failure.get())) {
        return true;
      }
      pause(settings.pause(tries), seen);
    }
    return false;
  }

  private void hand(JournalEntry entry) throws Exception {
    Optional<Erasure> erasure = Erasure.in(entry.activity());
    if (erasure.isEmpty()) {
      projection.recorded(entry);
    } else {
      parked = bookmarks.countParked(name); // of which some are gone
      projection.erased(erasure.get());
    }
  }

  private void tellOfGap(long seen) throws IOException, InterruptedException {
    Gap gap = untold;
    for (int tries = 1; goesOn(seen); tries++) {
      Optional<Throwable> failure = call(() -> projection.gap(gap));
      if (failure.isEmpty() || tries >= settings.tries()) {
        gaps++;
        untold = null;
        at = gap.resumed();
        String told =
            "There is a gap for %s (%s): it was at %s, and goes on at %s"
                .formatted(name, gap.reason(), gap.requested(), gap.resumed());
        if (failure.isEmpty()) {
          LOG.log(Level.WARNING, "TRAIL0419W: " + told);
        } else {
          LOG.log(Level.ERROR, "TRAIL0420E: " + told + ", though it could not take that");
        }
        keepOrLog();
        return;
      }
      pause(settings.pause(tries), seen);
    }
  }

  /** Something that a projection does. */
  private interface Call {
    void run() throws Exception;
  }

  /** What went wrong, which may be anything: it is the application's. */
  private Optional<Throwable> call(Call call) {
    try {
      call.run();
      failing = false;
      return Optional.empty();
    } catch (Throwable e) {
      failures++;
      if (!failing) {
        failing = true;
        Enduring.log(
            LOG, Level.WARNING, "TRAIL0421W: " + name + " has failed; it is tried again", e);
      }
      return Optional.of(e);
    } finally {
      Thread.interrupted(); // it may have left one behind
    }
  }

  private boolean park(JournalEntry entry, int tries, Throwable failure) throws IOException {
    if (parked >= settings.maxParked()) {
      if (!tooManyParked) {
        tooManyParked = true;
        LOG.log(
            Level.ERROR,
            "TRAIL0422E: {0} goes on no further than {1}: {2} activities are parked that nobody has seen to",
            name,
            at,
            parked);
      }
      return false;
    }
    tooManyParked = false;
    ParkedActivity given = new ParkedActivity(entry, failure.toString(), tries, clock.instant());
    boolean isParked = bookmarks.park(name, given, () -> isKept(entry));
    parked = bookmarks.countParked(name);
    String outcome = isParked ? "it is parked" : "the journal has let go of it meanwhile";
    Enduring.log(
        LOG,
        Level.ERROR,
        "TRAIL0423E: %s goes on without %s (%s), which it has failed at %d times: %s"
            .formatted(name, entry.position(), entry.activity().type(), tries, outcome),
        failure);
    return true;
  }

  private boolean isKept(JournalEntry entry) {
    return journal.read(entry.offset() - 1, 1).entries().stream()
        .anyMatch(first -> first.offset() == entry.offset());
  }

  private void keepIfDue() {
    if (pace.nanoTime() - keptAt >= KEEP.toNanos()) {
      keepOrLog();
    }
  }

  /** Where it can't be kept, more comes again after a restart, and no harm is done. */
  private void keepOrLog() {
    try {
      keep();
      unkept = false;
    } catch (IOException | RuntimeException | Error e) {
      if (!unkept) {
        unkept = true;
        Enduring.log(LOG, Level.ERROR, "TRAIL0424E: It can't be kept where " + name + " is", e);
      }
    }
  }

  private void keep() throws IOException {
    if (isToBeKept()) {
      StreamPosition now = at;
      keptAt = pace.nanoTime();
      bookmarks.keep(name, now);
      kept = now;
    }
  }

  /** Not beyond a gap that is still to be told. */
  private synchronized boolean isToBeKept() {
    return !finished && at != null && untold == null && !at.equals(kept);
  }
}
