package dev.trailcast.ingest;

import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.Utf8;
import dev.trailcast.http.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A body of one activity or several, as far as it has been read. It takes memory as it comes, for
 * what it says of its length may not be true. For one thread.
 */
public final class HeldBody {
  private static final int USUAL = 8 * 1024;

  private final IngestSettings settings;
  private final Publishers.Allowance allowance;
  private byte[] json = {};
  private int length;

  /** Takes its memory of {@code allowance}. */
  public HeldBody(IngestSettings settings, Publishers.Allowance allowance) {
    this.settings = settings;
    this.allowance = allowance;
  }

  /**
   * Reads {@code in} to its end.
   *
   * @throws OversizedActivityException if it is one activity, and too large to be read
   * @throws WebApplicationException 413 if it is more, and too large; 503 if there is no room
   */
  public void read(InputStream in, BodyShape shape) throws IOException {
    int most = settings.bodies().maxBodyBytes();
    int limit = Math.min(most, settings.maxSentBytes());
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (length == limit) {
        if (shape != BodyShape.MANY && !isArray(shape)) {
          throw OversizedActivityException.asSent(limit);
        }
        if (limit == most) {
          throw tooLarge(most + " bytes, unpacked, are allowed for many");
        }
        limit = most;
      }
      if (length == json.length) {
        grow(limit);
      }
      json[length++] = (byte) next;
      length += Math.max(0, in.read(json, length, json.length - length));
    }
  }

  private void grow(int limit) {
    int larger = Math.min(Math.max(USUAL, 2 * length), limit);
    allowance.hold(larger - json.length);
    json = Arrays.copyOf(json, larger);
  }

  /** The refusal of many that are more than allowed. */
  public static WebApplicationException tooLarge(String allowed) {
    return Problem.of(
            Response.Status.REQUEST_ENTITY_TOO_LARGE,
            "The body is too large: at most "
                + allowed
                + "; lines (NDJSON, to api/activities) may go on for ever.")
        .exception();
  }

  /** Whether it is an array, if it is what it should be. */
  boolean isArray(BodyShape shape) {
    return shape == BodyShape.ARRAY || shape == BodyShape.ONE_OR_ARRAY && beginsLikeAnArray();
  }

  private boolean beginsLikeAnArray() {
    int first = 0;
    while (first < length && Elements.isSpace(json[first])) {
      first++;
    }
    return first < length && json[first] == '[';
  }

  /** All of it, as text. */
  String text() {
    return Utf8.decode(json, 0, length);
  }

  /** All of it. */
  byte[] bytes() {
    return Arrays.copyOf(json, length);
  }

  /** As much as there is of it, and more behind it. */
  public byte[] json() {
    return json;
  }

  /** How much there is of it so far. */
  public int length() {
    return length;
  }
}
