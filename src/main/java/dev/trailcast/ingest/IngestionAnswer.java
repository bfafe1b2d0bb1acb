package dev.trailcast.ingest;

import dev.trailcast.http.Answer;
import dev.trailcast.http.BrokenOffException;
import dev.trailcast.http.JournalExceptionMapper;
import dev.trailcast.http.OverdueException;
import dev.trailcast.http.Problem;
import dev.trailcast.journal.JournalException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;

/** What is said to whoever has brought activities together: what has become of them. */
public final class IngestionAnswer {
  private static final System.Logger LOG = System.getLogger(IngestionAnswer.class.getName());

  private IngestionAnswer() {}

  /** All of them are settled. */
  public static Response of(Tally tally) {
    return tally.isAllRejected()
        ? Problem.badRequest("None of these can be recorded.").with(tally.members()).toResponse()
        : Answer.of(Response.Status.OK).with(tally.members()).toResponse();
  }

  /**
   * The journal could not go on.
   *
   * @param soFar what is known, as members of the problem
   */
  public static Response interrupted(JournalException e, Map<String, Object> soFar) {
    return JournalExceptionMapper.problem(e).with(soFar).toResponse();
  }

  /**
   * The body could not be read to its end.
   *
   * @param soFar how far it got, as members of the problem
   */
  public static Response unreadable(IOException e, Map<String, Object> soFar) {
    LOG.log(System.Logger.Level.DEBUG, "A body could not be read to its end", e);
    if (e instanceof BrokenOffException) {
      return Response.status(Response.Status.BAD_REQUEST).build(); // nobody reads it: no body
    }
    return (e instanceof OverdueException
            ? Problem.of(
                Response.Status.REQUEST_TIMEOUT, "The body is overdue: " + e.getMessage() + '.')
            : Problem.badRequest("The body is " + e.getMessage() + '.'))
        .with(soFar)
        .toResponse();
  }
}
