package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import dev.trailcast.http.JournalExceptionMapper;
import dev.trailcast.http.Problem;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.http.UnexpectedExceptionMapper;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.security.Caller;
import dev.trailcast.stream.delivery.Readers;
import dev.trailcast.stream.delivery.Seat;
import dev.trailcast.stream.trail.Place;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * {@code GET /api/activities}: the same as the stream, in pages, for those to whom no stream comes
 * through, or who look back.
 */
@Path("activities")
@TrailcastApi
@ApplicationScoped
public class PagesResource {
  private static final System.Logger LOG = System.getLogger(PagesResource.class.getName());

  @Inject private Readers readers;
  @Inject private JournalReader journal;
  @Inject private LongPolls polls;

  /** Answers with a page, or waits until there is something to answer. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public void page(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context UriInfo uri,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
    PageRequest asked = Query.read(uri.getQueryParameters(), PageRequest::of);
    Caller caller = Caller.of(request);
    View view = caller.view(asked.filter());
    PageReader reader = new PageReader(journal, readers.trail().tail());
    if (asked.after() == null) {
      ActivityPage older =
          asked.before() == null
              ? reader.newest(view, asked.limit())
              : reader.before(asked.before(), view, asked.limit());
      suspended.resume(PageAnswer.of(older, view, known).toResponse());
      return;
    }
    Place place = asked.after().in(journal, journal.extent().head(), view);
    Supplier<ActivityPage.Forward> reading = () -> reader.after(place, view, asked.limit());
    ActivityPage.Forward page = reading.get();
    PageAnswer answer = PageAnswer.of(page, view, known);
    if (asked.hold().isZero() || answer.isNews() || !page.upToDate()) {
      suspended.resume(answer.toResponse());
      return;
    }
    try (Seat seat = readers.enter(caller)) {
      AsyncContext async = request.getAsyncContext();
      async.setTimeout(0); // it has a time of its own
      polls.await(
          view,
          page.next().offset(),
          over -> tryAgain(reading, view, known, over, async),
          asked.hold(),
          seat);
    }
  }

  /**
   * Answers who has waited by the servlet's response: where the application ends, JAX-RS has ended
   * before it on Payara.
   */
  private static long tryAgain(
      Supplier<ActivityPage.Forward> reading,
      View view,
      String known,
      boolean over,
      AsyncContext async) {
    HttpServletResponse response = (HttpServletResponse) async.getResponse(); // for any thread
    try {
      ActivityPage.Forward page = reading.get();
      PageAnswer answer = PageAnswer.of(page, view, known);
      if (!over && !answer.isNews() && page.upToDate()) {
        return page.next().offset();
      }
      answer.writeTo(response);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Who waited for a page has gone", e);
    } catch (RuntimeException | Error e) { // nobody else would answer
      refuse(e, response);
    }
    complete(async);
    return LongPoll.Attempt.ANSWERED;
  }

  private static void refuse(Throwable e, HttpServletResponse response) {
    Problem problem =
        e instanceof JournalException known
            ? JournalExceptionMapper.problem(known)
            : UnexpectedExceptionMapper.problem(e);
    try {
      problem.writeTo(response);
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "Who waited for a page has gone", gone);
    }
  }

  private static void complete(AsyncContext async) {
    try {
      async.complete();
    } catch (RuntimeException e) { // those who wait behind it are to be answered all the same
      LOG.log(System.Logger.Level.DEBUG, "The server had ended the request itself", e);
    }
  }
}
