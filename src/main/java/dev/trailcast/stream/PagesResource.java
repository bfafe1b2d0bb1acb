package dev.trailcast.stream;

import dev.trailcast.activity.View;
import dev.trailcast.activity.Viewer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.Journal;
import dev.trailcast.stream.Admission.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;

/**
 * {@code GET /api/activities}: the same as the stream, in pages, for those to whom no stream comes
 * through, or who look back.
 */
@Path("activities")
@TrailcastApi
@ApplicationScoped
public class PagesResource {
  /** A browser may keep a page for its user, and asks each time whether it is still the same. */
  private static final String CACHE_CONTROL = "private, no-cache";

  @Inject private Broadcaster broadcaster;
  @Inject private Journal journal;
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
      suspended.resume(answer(reader.before(asked.before(), view, asked.limit()), view, known));
      return;
    }
    Place place = asked.after().in(journal, journal.head(), view);
    PageAttempt attempt = new PageAttempt(suspended, reader, place, view, asked.limit(), known);
    long offset = attempt.answer(asked.hold().isZero());
    if (offset != LongPoll.Attempt.ANSWERED) {
      await(request, attempt, offset, asked);
    }
  }

  private static PageRequest parse(UriInfo uri) {
    try {
      return PageRequest.of(new Query(uri.getQueryParameters()));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage()).exception();
    }
  }

  private void await(
      HttpServletRequest request, PageAttempt attempt, long offset, PageRequest asked) {
    Client client = StreamResponses.client(request);
    Optional<CloseReason> refusal = broadcaster.enter(client);
    if (refusal.isPresent()) {
      throw responses.unavailable(refusal.get());
    }
    request.getAsyncContext().setTimeout(0); // it has a time of its own
    polls.await(attempt.view(), offset, attempt, asked.hold(), () -> broadcaster.leave(client));
  }

  private static Response answer(ActivityPage page, View view, String known) {
    byte[] json = page.json();
    PageTag tag = PageTag.of(view, json);
    Response.ResponseBuilder answer =
        tag.isAmong(known) ? Response.notModified() : Response.ok(json, MediaType.APPLICATION_JSON);
    return answer
        .header(HttpHeaders.ETAG, tag.quoted())
        .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
        .build();
  }

  /**
   * One request for a page in journal order.
   *
   * @param known the entity tags of what the client has, or null
   */
  private record PageAttempt(
      AsyncResponse suspended, PageReader reader, Place place, View view, int limit, String known)
      implements LongPoll.Attempt {
    @Override
    public long answer(boolean over) {
      try {
        ActivityPage page = reader.after(place, view, limit);
        Response response = PagesResource.answer(page, view, known);
        boolean news =
            !page.isEmpty() && response.getStatus() == Response.Status.OK.getStatusCode();
        if (over || news || !page.upToDate()) {
          suspended.resume(response);
          return ANSWERED;
        }
        return page.next().offset();
      } catch (RuntimeException e) {
        suspended.resume(e);
        return ANSWERED;
      }
    }
  }
}
