package dev.trailcast.ingest;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.ForbiddenActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.http.Answer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.RequestBody;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.http.Utf8;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * The door for HTTP clients. An answer means that what it counts as accepted is durable; the
 * request thread waits for that.
 */
@Path(TrailcastApi.RESOURCES + "activities")
@TrailcastApi
@ApplicationScoped
public class ActivitiesResource {
  private static final String BINARY_MODE = "ce-specversion";

  private final Callers callers;
  private final Intake intake;
  private final Publishers publishers;
  private final IngestSettings settings;

  /** Hands on to {@code intake}, for so many as {@code publishers} lets in. */
  @Inject
  public ActivitiesResource(
      Callers callers, Intake intake, Publishers publishers, IngestSettings settings) {
    this.callers = callers;
    this.intake = intake;
    this.publishers = publishers;
    this.settings = settings;
  }

  /** For the client proxy that CDI makes. */
  ActivitiesResource() {
    this(null, null, null, null);
  }

  /** Records one activity, or an array of them. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response record(InputStream body, @Context HttpServletRequest request) {
    Caller caller = callers.withRight(Right.PUBLISH, request);
    refuseBinaryMode(request);
    try (Publishers.Allowance allowance = publishers.enter(caller)) {
      HeldBody held = new HeldBody(settings, allowance);
      try (InputStream plain = RequestBody.open(body, settings.bodies().bodyTimeout())) {
        held.read(plain);
      } catch (IOException e) {
        return IngestionAnswer.unreadable(e, Map.of("bytes", held.length()));
      } catch (OversizedActivityException e) {
        intake.reject();
        throw e;
      }
      return held.isArray()
          ? recordArray(held, caller, allowance)
          : recordOne(held, caller, allowance);
    } catch (OverQuotaException e) {
      return e.problem().toResponse();
    }
  }

  private Response recordOne(HeldBody held, Caller caller, Publishers.Allowance allowance) {
    allowance.spend(1, held.length());
    EncodedActivity activity;
    try {
      activity =
          intake.admit(
              () -> ActivityReader.read(Utf8.decode(held.json(), 0, held.length())),
              caller.name(),
              caller.reach(Right.PUBLISH));
    } catch (ForbiddenActivityException e) {
      throw caller.refusal(e.getMessage());
    }
    Receipt receipt;
    try {
      receipt = intake.recordDurably(activity);
    } catch (JournalException e) { // with the id that it was given here, if it was
      return IngestionAnswer.interrupted(e, Map.of("id", activity.activity().id()));
    }
    return Answer.of(
            receipt.outcome() == Receipt.Outcome.DUPLICATE
                ? Response.Status.OK
                : Response.Status.CREATED)
        .with("id", activity.activity().id())
        .with("position", receipt.position().toString())
        .toResponse();
  }

  private Response recordArray(HeldBody held, Caller caller, Publishers.Allowance allowance) {
    int most = settings.bodies().maxBodyActivities();
    int longest = settings.maxSentBytes();
    // to its end before the first is recorded: of an array that breaks off nothing is
    int count = Elements.count(held.json(), held.length(), longest, most);
    if (count > most) {
      throw HeldBody.tooLarge(most + " activities are allowed in an array");
    }
    allowance.spend(count, held.length());
    Elements elements = new Elements(held.json(), held.length(), longest);
    Ingestion ingestion = new Ingestion(intake, caller);
    try {
      while (elements.next()) {
        ingestion.offer(Ingestion.NO_LINE, elements.element());
      }
      ingestion.finish();
      return IngestionAnswer.of(ingestion.tally());
    } catch (JournalException e) {
      return IngestionAnswer.interrupted(e, soFar(ingestion));
    }
  }

  /** Records one activity a line, of any number of lines. */
  @POST
  @Consumes({"application/x-ndjson", "application/ndjson", "application/jsonl"})
  public Response recordLines(InputStream body, @Context HttpServletRequest request) {
    Caller caller = callers.withRight(Right.PUBLISH, request);
    refuseBinaryMode(request);
    Ingestion ingestion = new Ingestion(intake, caller);
    try (Publishers.Allowance allowance = publishers.enterWithLines(caller)) {
      allowance.hold(Lines.mostHeld(settings.maxSentBytes())); // now, and not in the middle
      offerLines(ingestion, body, allowance);
      return IngestionAnswer.of(ingestion.tally());
    } catch (OverQuotaException e) {
      return e.problem().with(linesSoFar(ingestion)).toResponse();
    } catch (IOException e) {
      return IngestionAnswer.unreadable(e, linesSoFar(ingestion));
    } catch (JournalException e) {
      return IngestionAnswer.interrupted(e, linesSoFar(ingestion));
    }
  }

  private void offerLines(Ingestion ingestion, InputStream body, Publishers.Allowance allowance)
      throws IOException {
    try (InputStream plain = RequestBody.open(body)) {
      Lines lines = new Lines(plain, settings.maxSentBytes());
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        allowance.spend(1, line.bytes());
        ingestion.offer(line.number(), line.element());
        if (!lines.hasWholeLine()) {
          ingestion.handOn(); // the next one may be long in coming
        }
      }
    } catch (IOException | OverQuotaException e) {
      ingestion.finish(); // the lines that are complete are recorded all the same
      throw e;
    }
    ingestion.finish();
  }

  private static Map<String, Object> linesSoFar(Ingestion ingestion) {
    Map<String, Object> members = soFar(ingestion);
    members.put("line", ingestion.line());
    return members;
  }

  private static Map<String, Object> soFar(Ingestion ingestion) {
    Map<String, Object> members = ingestion.tally().members();
    List<String> unsettled = ingestion.unsettled();
    if (!unsettled.isEmpty()) {
      members.put("ids", unsettled);
    }
    return members;
  }

  /** Whatever else it is. */
  @POST
  @Consumes(MediaType.WILDCARD)
  public Response refuse() {
    return Problem.of(
            Response.Status.UNSUPPORTED_MEDIA_TYPE,
            "The Content-Type must be application/json for one activity or an array,"
                + " or application/x-ndjson for one activity a line.")
        .toResponse();
  }

  /**
   * CloudEvents in binary mode have their attributes in headers, and the body is their data: it
   * must not be taken for an activity where it looks like one.
   */
  private static void refuseBinaryMode(HttpServletRequest request) {
    if (request.getHeader(BINARY_MODE) != null) {
      throw Problem.of(
              Response.Status.UNSUPPORTED_MEDIA_TYPE,
              "CloudEvents in binary mode (the header ce-specversion) are not taken; send the"
                  + " event as JSON, with its attributes as members, as application/json.")
          .exception();
    }
  }
}
