package dev.trailcast.ingest;

import dev.trailcast.http.Problem;
import dev.trailcast.security.Caller;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much each caller may bring in a time: a {@link TokenBucket} of activities, and one of bytes,
 * for every user who is logged in, and for every address that others come from. Safe for use by
 * many threads; nobody waits.
 *
 * <p>Only buckets that are not full have to be remembered, and of them a bounded number. Whoever
 * comes when there are so many shares one with all others who do: no flood of addresses makes it
 * forget what somebody has taken, and none of them crowds out users.
 */
final class Quotas {
  /** Of users, and of addresses: some 100 bytes each. */
  static final int MOST_CALLERS = 10_000;

  /** How often those that are full are looked for, which takes a tenth of a millisecond. */
  private static final long SWEEP_NANOS = Duration.ofMillis(100).toNanos();

  // fixed at birth
  private final TokenBucket activities;
  private final TokenBucket bytes;
  private final LongSupplier clock;
  private final long origin;

  // safe by themselves
  private final Buckets users = new Buckets();
  private final Buckets addresses = new Buckets();

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  Quotas(IngestSettings settings, LongSupplier clock) {
    IngestSettings.Rate rate = settings.rate();
    this.activities = TokenBucket.of("activities", rate.activities(), rate.burst(), 1);
    this.bytes = TokenBucket.of("bytes", rate.bytes(), rate.burst(), settings.maxSentBytes());
    this.clock = clock;
    this.origin = clock.getAsLong();
  }

  /**
   * Has so much counted as brought, all of it or nothing.
   *
   * @throws OverQuotaException if there is not enough in one of the caller's buckets now
   * @throws WebApplicationException 413 if there never is
   */
  void spend(Caller caller, int moreActivities, long moreBytes) {
    if (activities.perSecond() == 0 && bytes.perSecond() == 0) {
      return;
    }
    refuseWhatNeverFits(activities, moreActivities);
    refuseWhatNeverFits(bytes, moreBytes);
    if (caller.name() == null) {
      addresses.spend(caller.network(), moreActivities, moreBytes);
    } else {
      users.spend(caller.name(), moreActivities, moreBytes);
    }
  }

  private static void refuseWhatNeverFits(TokenBucket bucket, long tokens) {
    if (!bucket.holds(tokens)) {
      throw HeldBody.tooLarge(
          "%d %s may be recorded at once".formatted(bucket.capacity(), bucket.unit()));
    }
  }

  /** When a caller's buckets will be full again, in nanoseconds since the beginning. */
  private record FullAt(long activities, long bytes) {
    static final FullAt ALWAYS = new FullAt(0, 0);
  }

  /** The buckets of some callers, the same bound for each. */
  private final class Buckets {
    private static final Optional<String> OTHERS = Optional.empty();

    private final ConcurrentMap<Optional<String>, FullAt> buckets = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep = new AtomicLong();

    void spend(String name, int moreActivities, long moreBytes) {
      long now = clock.getAsLong() - origin;
      Optional<String> key = key(name, now);
      FullAt had;
      FullAt has;
      do {
        had = buckets.get(key);
        FullAt before = had == null ? FullAt.ALWAYS : had;
        has =
            new FullAt(
                activities.take(moreActivities, before.activities(), now),
                bytes.take(moreBytes, before.bytes(), now));
        refuseWhatIsMissing(has, now);
      } while (had == null
          ? buckets.putIfAbsent(key, has) != null
          : !buckets.replace(key, had, has));
    }

    private void refuseWhatIsMissing(FullAt has, long now) {
      long missingActivities = activities.missing(has.activities(), now);
      long missingBytes = bytes.missing(has.bytes(), now);
      TokenBucket bucket = missingBytes > missingActivities ? bytes : activities;
      long nanos = Math.max(missingActivities, missingBytes);
      if (nanos > 0) {
        throw new OverQuotaException(
            Problem.tooMany(
                "This is more than is left of what you may record: %d %s a second, and %d at once."
                    .formatted(bucket.perSecond(), bucket.unit(), bucket.capacity()),
                Duration.ofNanos(nanos)));
      }
    }

    private Optional<String> key(String name, long now) {
      Optional<String> own = Optional.of(name);
      return buckets.containsKey(own) || buckets.size() < MOST_CALLERS || isRoomMade(now)
          ? own
          : OTHERS;
    }

    private boolean isRoomMade(long now) {
      long due = nextSweep.get();
      if (now >= due && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
        // each as it is found: one that is taken from meanwhile stays
        buckets.values().removeIf(has -> has.activities() <= now && has.bytes() <= now);
      }
      return buckets.size() < MOST_CALLERS;
    }
  }
}
