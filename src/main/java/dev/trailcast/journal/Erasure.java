package dev.trailcast.journal;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.InvalidActivityException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * That everything was erased that an actor had done up to a place. It stands in the journal behind
 * that place, so that whoever keeps a copy of what was there, and may be away just now, is told as
 * of any activity, and erases it as well. It does not name the actor, whose name it would keep: it
 * has a digest to compare names with, salted so that no table of names tells it.
 *
 * @param salt 32 characters at random
 * @param digest the SHA-256 of salt and name together, in UTF-8, as 64 hexadecimal digits
 * @param upTo what was recorded behind this is not concerned
 */
public record Erasure(String salt, String digest, StreamPosition upTo) {
  private static final JsonProvider JSON = JsonProvider.provider(); // looked up once, it is slow
  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Of everything that an actor has done up to there. */
  public static Erasure of(String actor, StreamPosition upTo) {
    byte[] random = new byte[SALT_BYTES];
    RANDOM.nextBytes(random);
    String salt = HexFormat.of().formatHex(random);
    return new Erasure(salt, digest(salt, actor), upTo);
  }

  /**
   * The one that an activity tells of; empty if it is another activity.
   *
   * @throws InvalidActivityException if it tells of one, but not as {@link #toActivity} does: then
   *     it is none of ours, and no journal has it
   */
  public static Optional<Erasure> in(Activity activity) {
    if (!activity.isErasure()) {
      return Optional.empty();
    }
    try {
      JsonObject data = read(activity.data().toString());
      return Optional.of(
          new Erasure(
              data.getString("salt"),
              data.getString("sha256"),
              StreamPosition.parse(data.getString("upTo")).orElseThrow()));
    } catch (JsonException
        | NullPointerException // nothing there
        | ClassCastException // something else than a text
        | NoSuchElementException e) {
      throw InvalidActivityException.of(
          "data", "must have salt, sha256 and upTo, a position, where it tells of an erasure");
    }
  }

  /** The activity that tells of it. */
  public Activity toActivity() {
    return Activity.of(null, Activity.ERASED)
        .withData(Map.of("salt", salt, "sha256", digest, "upTo", upTo.toString()));
  }

  /** Whether it has erased what an entry tells. */
  public boolean concerns(Activity activity, StreamPosition position) {
    return activity.actor() != null && concerns(activity.actor(), position);
  }

  /** Whether it has erased what an actor did at a position. */
  public boolean concerns(String actor, StreamPosition position) {
    return position.epoch().equals(upTo.epoch())
        && position.offset() <= upTo.offset()
        && digest(salt, actor).equals(digest);
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = JSON.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  private static String digest(String salt, String actor) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of()
          .formatHex(sha256.digest((salt + actor).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
