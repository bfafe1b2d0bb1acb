package dev.trailcast.security;

import dev.trailcast.http.Problem;
import dev.trailcast.http.Query;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Tickets by which somebody is let in once, for a client that can send no header: an address stands
 * in logs and histories, where nothing may stand that is good for long. Kept in memory alone. Safe
 * for use by many threads.
 */
@ApplicationScoped
public class Tickets {
  /** How long one is good for. */
  static final Duration LIFE = Duration.ofSeconds(30);

  /** How many there may be that have been neither used nor expired. */
  static final int MOST = 10_000;

  /** How many of them may be one caller's: of a user, or of nobody from one address. */
  static final int MOST_OF_ONE = 100;

  private static final int RANDOM_BYTES = 32;
  private static final Duration RETRY = Duration.ofSeconds(5);

  /**
   * What a ticket is for.
   *
   * @param path of the request
   * @param asked its parameters, without those that are added on the way
   */
  record Errand(String path, Map<String, List<String>> asked) {
    /** What a request is for. */
    static Errand of(HttpServletRequest request) {
      return new Errand(request.getRequestURI(), Query.asked(request.getQueryString()));
    }
  }

  /**
   * One that has not been used.
   *
   * @param expires in the clock's time
   */
  private record Issued(Caller caller, Errand errand, long expires) {
    boolean isOf(Caller other) {
      return caller.name() == null
          ? other.name() == null && caller.network().equals(other.network())
          : caller.name().equals(other.name());
    }
  }

  private final SecureRandom random = new SecureRandom();
  private final LongSupplier clock;

  // guarded by this; by their hashes, so that looking one up tells nothing by the time it takes;
  // all
  // live equally long, so the oldest is the first to expire
  private final Map<ByteBuffer, Issued> issued = new LinkedHashMap<>();

  /** There are none yet. */
  public Tickets() {
    this(System::nanoTime);
  }

  /**
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  Tickets(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Makes one.
   *
   * @throws WebApplicationException 503 if there are too many
   */
  String issue(Caller caller, Errand errand) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Issued one = new Issued(caller, errand, clock.getAsLong() + LIFE.toNanos());
    synchronized (this) {
      dropExpired();
      long its = issued.values().stream().filter(other -> other.isOf(caller)).count();
      if (issued.size() >= MOST || its >= MOST_OF_ONE) {
        throw Problem.unavailable(
                "%d tickets, %d of one caller, may wait to be used at a time."
                    .formatted(MOST, MOST_OF_ONE),
                RETRY)
            .exception();
      }
      issued.put(hash(ticket), one);
    }
    return ticket;
  }

  /** Forgets all: none of them is good any more. */
  synchronized void forget() {
    issued.clear();
  }

  /**
   * Takes one back, whatever comes of it.
   *
   * @return who it was made for
   * @throws WebApplicationException 401 if there is none such, or it is for something else
   */
  Caller redeem(String ticket, Errand errand) {
    Issued one;
    synchronized (this) {
      dropExpired();
      one = issued.remove(hash(ticket));
    }
    if (one == null) {
      throw Refusal.badToken(
          "The ticket is not good: each can be used once, within %d s."
              .formatted(LIFE.toSeconds()));
    }
    if (!one.errand().equals(errand)) {
      throw Refusal.badToken("The ticket is for another request: for the same path and query.");
    }
    return one.caller();
  }

  private void dropExpired() {
    long now = clock.getAsLong();
    for (Iterator<Issued> oldest = issued.values().iterator(); oldest.hasNext(); ) {
      if (now - oldest.next().expires() < 0) {
        return;
      }
      oldest.remove();
    }
  }

  private static ByteBuffer hash(String ticket) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(ticket.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
