package dev.trailcast.http;

import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalFullException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;

/** The journal can't do it now: 503, and when to come again. */
public final class JournalExceptionMapper implements ExceptionMapper<JournalException> {
  /** A queue that is full has room again as soon as the disk has caught up. */
  private static final Duration FULL = Duration.ofSeconds(1);

  /** A journal that is not available is so until somebody or something has seen to it. */
  private static final Duration UNAVAILABLE = Duration.ofSeconds(5);

  @Override
  public Response toResponse(JournalException exception) {
    return problem(exception).toResponse();
  }

  /** The problem that {@code exception} is for whoever asked, to be enriched with more members. */
  public static Problem problem(JournalException exception) {
    // The message of an unavailable journal is for the operator: it may name files.
    return exception instanceof JournalFullException
        ? Problem.unavailable("More is coming in than the disk can follow.", FULL)
        : Problem.unavailable(
            "The journal is not available now. What was to be recorded may be sent again with the"
                + " same id: whether it has been is unknown.",
            UNAVAILABLE);
  }
}
