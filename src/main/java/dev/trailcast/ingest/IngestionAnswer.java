package dev.trailcast.ingest;

import dev.trailcast.http.Answer;
import dev.trailcast.http.BrokenOffException;
import dev.trailcast.http.JournalExceptionMapper;
import dev.trailcast.http.Problem;
import dev.trailcast.journal.JournalException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;

/** What is said to whoever has brought activities together: what has become of them. */
final class IngestionAnswer {
  private static final System.Logger LOG = System.getLogger(IngestionAnswer.class.getName());

  private IngestionAnswer() {}

  /** All of them are settled. */
  static Response of(Tally tally) {
    return tally.isAllRejected()
        ? Problem.badRequest("None of these is an activity.").with(tally.members()).toResponse()
        : Answer.of(Response.Status.OK).with(tally.members()).toResponse();
  }

  /**
   * The journal could not go on.
   *
   * @param soFar what is known, as members of the problem
   */
  static Response interrupted(JournalException e, Map<String, Object> soFar) {
    return JournalExceptionMapper.problem(e).with(soFar).toResponse();
  }

  /** The body could not be read to its end. */
  static Response unreadable(IOException e, Map<String, Object> soFar) {
    LOG.log(System.Logger.Level.DEBUG, "A body could not be read to its end", e);
    return e instanceof BrokenOffException
        ? Response.status(Response.Status.BAD_REQUEST).build() // with a body Jersey logs an error
        : Problem.badRequest("The body is damaged gzip.").with(soFar).toResponse();
  }
}
