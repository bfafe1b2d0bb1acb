package dev.trailcast.admin;

import dev.trailcast.http.Answer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.Query;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.ingest.outbox.Outbox;
import dev.trailcast.ingest.outbox.OutboxException;
import dev.trailcast.journal.Erased;
import dev.trailcast.journal.Journal;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.JournalUnavailableException;
import dev.trailcast.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code DELETE /api/activities?actor=}: erases everything that an actor has done. */
@Path(TrailcastApi.RESOURCES + "activities")
@TrailcastApi
@ApplicationScoped
public class ErasureResource {
  private static final System.Logger LOG = System.getLogger(ErasureResource.class.getName());

  /** A million entries are looked through in 2 to 5 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final Duration RETRY = Duration.ofSeconds(5);

  @Inject private Administrators administrators;
  @Inject private Outbox outbox;
  @Inject private Journal journal;
  @Inject private Audit audit;

  /** Answers how many there were, when none of them is left. */
  @DELETE
  public Response erase(@Context HttpServletRequest request, @Context UriInfo uri) {
    Caller administrator = administrators.admit(request);
    String actor = Query.read(uri.getQueryParameters(), ErasureResource::actor);
    int waiting = eraseFromOutbox(actor); // first, or it would be recorded afterwards
    Erased erased = await(journal.erase(actor));
    long count = waiting + erased.count();
    audit.erased(administrator, Map.of("count", count, "position", erased.position().toString()));
    return Answer.of(Response.Status.OK)
        .with("erased", count)
        .with("position", erased.position().toString())
        .toResponse();
  }

  private static String actor(Query query) {
    String actor = query.text("actor");
    if (actor == null) {
      throw new IllegalArgumentException("actor must say whose activities are to be erased");
    }
    return actor;
  }

  private int eraseFromOutbox(String actor) {
    try {
      return outbox.erase(actor);
    } catch (OutboxException e) {
      LOG.log(
          System.Logger.Level.ERROR, "TRAIL0504E: An actor's activities could not be erased", e);
      throw Problem.unavailable("The outbox can't be erased from now.", RETRY).exception();
    }
  }

  private static Erased await(CompletableFuture<Erased> erased) {
    try {
      return erased.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JournalException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new JournalUnavailableException("Not erased within " + PATIENCE + ", but soon", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalUnavailableException("Interrupted before it was known to be erased", e);
    }
  }
}
