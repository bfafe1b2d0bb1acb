package dev.trailcast.admin;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.Attribute;
import dev.trailcast.http.Answer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.security.Caller;
import dev.trailcast.stream.delivery.ReaderStatus;
import dev.trailcast.stream.delivery.Readers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /api/readers}: who follows now, and an end to one of them. */
@Path(TrailcastApi.RESOURCES + "readers")
@TrailcastApi
@ApplicationScoped
public class ReadersResource {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  @Inject private Administrators administrators;
  @Inject private Readers readers;
  @Inject private Audit audit;

  /** What is asked of the list. */
  private record Asked(String after, String user, int limit) {
    static Asked of(Query query) {
      Integer limit = query.number("limit", 1, MOST);
      return new Asked(query.text("after"), query.text("user"), limit == null ? USUAL : limit);
    }
  }

  /** A page of those who are here. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response list(@Context HttpServletRequest request, @Context UriInfo uri) {
    administrators.admit(request);
    List<ReaderStatus> here =
        Query.read(
            uri.getQueryParameters(),
            query -> {
              Asked asked = Asked.of(query);
              return readers.here(asked.after(), asked.user(), asked.limit());
            });
    Answer answer =
        Answer.of(Response.Status.OK)
            .with("readers", here.stream().map(ReadersResource::json).toList());
    return (here.isEmpty() ? answer : answer.with("next", here.get(here.size() - 1).id()))
        .toResponse();
  }

  private static Map<String, Object> json(ReaderStatus reader) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", reader.id());
    if (reader.user() != null) {
      json.put("user", reader.user());
    }
    if (reader.address() != null) {
      json.put("address", reader.address());
    }
    json.put("since", reader.since().toString());
    json.put("door", reader.asked().door().toString());
    json.put("filter", json(reader.asked().filter()));
    json.put("state", reader.now().state().toString());
    json.put("behind", reader.now().behind());
    json.put("gzip", reader.now().gzip());
    return json;
  }

  private static Map<String, Object> json(ActivityFilter filter) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Attribute attribute : Attribute.values()) {
      ActivityFilter.Terms terms = attribute.terms(filter);
      if (!terms.isAny()) {
        json.put(attribute.name().toLowerCase(Locale.ROOT), terms.written());
      }
    }
    return json;
  }

  /** Ends one. */
  @DELETE
  @Path("{id}")
  public Response end(@Context HttpServletRequest request, @PathParam("id") String id) {
    Caller administrator = administrators.admit(request);
    ReaderStatus ended =
        readers
            .end(id)
            .orElseThrow(
                () ->
                    Problem.of(Response.Status.NOT_FOUND, "No reader that is here has this id.")
                        .exception());
    audit.ended(administrator, ended.id(), ended.user(), ended.address());
    return Response.noContent().build();
  }
}
