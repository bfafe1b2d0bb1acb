package dev.trailcast.ingest;

import dev.trailcast.http.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * An answer that begins while its request is still being read: a line of JSON now and then says how
 * far it has got, and the last one, which alone has a {@code status}, what the answer would have
 * been. For one thread.
 */
final class ProgressLines {
  static final String TYPE = "application/x-ndjson";

  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final Opening opening;
  private final LongSupplier nanoTime;
  private OutputStream out; // null before the first line
  private long due;

  /** Begins the answer. */
  interface Opening {
    OutputStream open() throws IOException;
  }

  ProgressLines(Opening opening, LongSupplier nanoTime) {
    this.opening = opening;
    this.nanoTime = nanoTime;
    this.due = nanoTime.getAsLong() + INTERVAL_NANOS;
  }

  /**
   * As an answer of 200. Not by the runtime's own streaming: Jersey keeps the first 8 KiB to
   * itself, whether it is flushed or not.
   */
  static ProgressLines to(HttpServletResponse response) {
    return new ProgressLines(
        () -> {
          response.setContentType(TYPE);
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
          response.setHeader("X-Accel-Buffering", "no");
          return response.getOutputStream();
        },
        System::nanoTime);
  }

  /** Whether whoever asks takes such an answer, and says so: an asterisk is not enough. */
  static boolean areWanted(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return accept != null && accept.toLowerCase(Locale.ROOT).contains(TYPE);
  }

  /**
   * Says how far it has got, if it is time.
   *
   * @throws IOException if nobody takes it any more
   */
  void tell(Ingestion ingestion) throws IOException {
    if (nanoTime.getAsLong() - due < 0) {
      return;
    }
    ingestion.settleWhatIsDone();
    Map<String, Object> members = ingestion.tally().counts();
    members.put("line", ingestion.line());
    write(Answer.json(members));
    due = nanoTime.getAsLong() + INTERVAL_NANOS;
  }

  /**
   * Says what has become of it.
   *
   * @param answer with JSON that is bytes, or nothing
   */
  void end(Response answer) throws IOException {
    String retryAfter = answer.getHeaderString(HttpHeaders.RETRY_AFTER);
    String line =
        "{\"status\":"
            + answer.getStatus()
            + (retryAfter == null ? "" : ",\"retryAfter\":" + retryAfter)
            + (answer.hasEntity() ? ",\"answer\":" + text(answer) : "")
            + '}';
    write(line.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Response answer) {
    return new String((byte[]) answer.getEntity(), StandardCharsets.UTF_8);
  }

  private void write(byte[] json) throws IOException {
    if (out == null) {
      out = opening.open();
    }
    out.write(json);
    out.write('\n');
    out.flush();
    out.flush(); // Open Liberty takes no notice of the first
  }
}
