package dev.trailcast.stream;

import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.stream.Admission.Client;
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
import java.time.Duration;
import java.util.Optional;
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

  @Inject private Broadcaster broadcaster;
  @Inject private JournalReader journal;
  @Inject private LongPolls polls;
  @Inject private StreamResponses responses;

  /** Answers with a page, or waits until there is something to answer. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public void page(
      @Suspended AsyncResponse suspended,
      @Context HttpServletRequest request,
      @Context UriInfo uri,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
    PageRequest asked = parse(uri);
    if (!broadcaster.isOpen()) {
      throw responses.unavailable(CloseReason.UNAVAILABLE);
    }
    View view = new View(asked.filter(), Viewer.ANONYMOUS); // until there are log-ins
    PageReader reader = new PageReader(journal, broadcaster.trail().tail());
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
    } else {
      await(request, view, page.next().offset(), reading, known, asked.hold());
    }
  }

  private void await(
      HttpServletRequest request,
      View view,
      long offset,
      Supplier<ActivityPage.Forward> reading,
      String known,
      Duration hold) {
    Client client = StreamResponses.client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      throw responses.unavailable(refusal.get());
    }
    AsyncContext async = request.getAsyncContext();
    async.setTimeout(0); // it has a time of its own
    HttpServletResponse response = (HttpServletResponse) async.getResponse(); // for any thread
    Runnable left =
        () -> {
          broadcaster.leave(client);
          complete(async);
        };
    polls.await(view, offset, over -> tryAgain(reading, view, known, over, response), hold, left);
  }

  private static PageRequest parse(UriInfo uri) {
    try {
      return PageRequest.of(new Query(uri.getQueryParameters()));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage()).exception();
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
      HttpServletResponse response) {
    try {
      ActivityPage.Forward page = reading.get();
      PageAnswer answer = PageAnswer.of(page, view, known);
      if (!over && !answer.isNews() && page.upToDate()) {
        return page.next().offset();
      }
      answer.writeTo(response);
    } catch (JournalException e) {
      response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
      response.setHeader(HttpHeaders.RETRY_AFTER, "1");
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Who waited for a page has gone", e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "Who waited for a page could not be answered", e);
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
    return LongPoll.Attempt.ANSWERED;
  }

  private static void complete(AsyncContext async) {
    try {
      async.complete();
    } catch (RuntimeException e) { // those who wait behind it are to be answered all the same
      LOG.log(System.Logger.Level.DEBUG, "The server had ended the request itself", e);
    }
  }
}
