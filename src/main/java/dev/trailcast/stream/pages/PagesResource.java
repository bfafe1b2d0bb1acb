package dev.trailcast.stream.pages;

import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.JournalReader;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.Right;
import dev.trailcast.stream.delivery.Readers;
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
import jakarta.ws.rs.core.UriInfo;

/**
 * {@code GET /api/activities}: the same as the stream, in pages, for those to whom no stream comes
 * through, or who look back.
 */
@Path(TrailcastApi.RESOURCES + "activities")
@TrailcastApi
@ApplicationScoped
public class PagesResource {
  @Inject private Callers callers;
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
    Caller caller = callers.withRight(Right.SUBSCRIBE, request);
    PageRequest asked = Query.read(uri.getQueryParameters(), PageRequest::of);
    PageReader reader = new PageReader(journal, readers.trail().tail());
    new PageCall(caller, asked, reader, known, request, suspended, readers, polls).begin();
  }
}
