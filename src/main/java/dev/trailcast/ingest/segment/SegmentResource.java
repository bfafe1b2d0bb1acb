package dev.trailcast.ingest.segment;

import dev.trailcast.http.Answer;
import dev.trailcast.http.RequestBody;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.ingest.BodyShape;
import dev.trailcast.ingest.Door;
import dev.trailcast.ingest.HeldBody;
import dev.trailcast.ingest.IngestSettings;
import dev.trailcast.ingest.Ingestion;
import dev.trailcast.ingest.IngestionAnswer;
import dev.trailcast.ingest.Intake;
import dev.trailcast.ingest.OverQuotaException;
import dev.trailcast.ingest.Publishers;
import dev.trailcast.ingest.Tally;
import dev.trailcast.journal.JournalException;
import dev.trailcast.security.KeyHolders;
import dev.trailcast.security.KeyHolders.KeyHolder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * The door for libraries of Segment's <a
 * href="https://segment.com/docs/connections/sources/catalog/libraries/server/http-api/">tracking
 * API</a>. Whatever a body is labelled it is taken for what it is: browsers say text, RudderStack
 * says a form.
 */
@Path(TrailcastApi.RESOURCES + "v1")
@TrailcastApi
@ApplicationScoped
public class SegmentResource {
  private final KeyHolders holders;
  private final Intake intake;
  private final Publishers publishers;
  private final IngestSettings settings;
  private final InstantSource clock;
  private final RefusedMessages refused = new RefusedMessages(System::nanoTime);

  /** Hands on to {@code intake}, for so many as {@code publishers} lets in. */
  @Inject
  public SegmentResource(
      KeyHolders holders, Intake intake, Publishers publishers, IngestSettings settings) {
    this(holders, intake, publishers, settings, InstantSource.system());
  }

  /** For the client proxy that CDI makes. */
  SegmentResource() {
    this(null, null, null, null, null);
  }

  SegmentResource(
      KeyHolders holders,
      Intake intake,
      Publishers publishers,
      IngestSettings settings,
      InstantSource clock) {
    this.holders = holders;
    this.intake = intake;
    this.publishers = publishers;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Records a batch of messages, or one.
   *
   * @param path what a message is that does not say so itself
   */
  @POST
  @Path("{call: track|identify|page|screen|group|alias|batch|import|[tipsgab]}")
  @Consumes(MediaType.WILDCARD)
  public Response record(
      @PathParam("call") String path, InputStream body, @Context HttpServletRequest request) {
    Instant received = clock.instant();
    Optional<KeyHolder> known = KeyHolders.keyIn(request).map(key -> holders.holder(key, request));
    try (Publishers.Allowance allowance = publishers.enter(KeyHolders.unknown(request))) {
      HeldBody held = new HeldBody(settings, allowance);
      try (InputStream plain = RequestBody.open(body, settings.bodies().bodyTimeout())) {
        held.read(plain, BodyShape.MANY);
      } catch (IOException e) {
        return IngestionAnswer.unreadable(e, Map.of("bytes", held.length()));
      }
      TrackingBody messages = TrackingBody.read(held, settings.maxSentBytes());
      KeyHolder holder = known.orElseGet(() -> holders.holder(messages.writeKey(), request));
      int most = settings.bodies().maxBodyActivities();
      int count = messages.count(most); // to its end before the first is recorded
      if (count > most) {
        throw HeldBody.tooLarge(most + " messages are allowed in a batch");
      }
      allowance.spend(count, held.length());
      Translation translation =
          new Translation("/" + holder.key(), Call.named(path), received, messages.sent());
      return record(messages, translation, holder, intake.at(Door.SEGMENT, request));
    } catch (OverQuotaException e) {
      return e.problem().toResponse();
    }
  }

  private Response record(
      TrackingBody messages, Translation translation, KeyHolder holder, Intake at) {
    Ingestion ingestion = new Ingestion(at, holder.caller());
    try {
      messages.offerTo(ingestion, translation);
      ingestion.finish();
      Tally tally = ingestion.tally();
      return tally.isAllRejected()
          ? IngestionAnswer.of(tally)
          : Answer.of(Response.Status.OK)
              .with("success", true) // what Java's library looks for
              .with(tally.members())
              .toResponse();
    } catch (JournalException e) {
      return IngestionAnswer.interrupted(e, ingestion.soFar());
    } finally {
      tell(holder.key(), ingestion.tally());
    }
  }

  private void tell(String key, Tally tally) {
    tally.firstProblem().ifPresent(why -> refused.tell(key, tally.rejected(), why));
  }
}
