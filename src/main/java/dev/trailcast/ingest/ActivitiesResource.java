package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.http.Answer;
import dev.trailcast.http.Problem;
import dev.trailcast.http.RequestBody;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.http.Utf8;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.security.Caller;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The door for HTTP clients. An answer means that what it counts as accepted is durable; the
 * request thread waits for that.
 */
@Path("activities")
@TrailcastApi
@ApplicationScoped
public class ActivitiesResource {
  private final Intake intake;
  private final IngestSettings settings;

  /** Hands on to {@code intake}. */
  @Inject
  public ActivitiesResource(Intake intake, IngestSettings settings) {
    this.intake = intake;
    this.settings = settings;
  }

  /** For the client proxy that CDI makes. */
  ActivitiesResource() {
    this(null, null);
  }

  /** Records one activity, or an array of them. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response record(InputStream body, @Context HttpServletRequest request) {
    try (InputStream plain = RequestBody.open(body)) {
      byte[] json = plain.readNBytes(settings.maxBodyBytes() + 1);
      if (json.length > settings.maxBodyBytes()) {
        return tooLarge(settings.maxBodyBytes() + " bytes");
      }
      String caller = Caller.of(request).name();
      return isArray(json) ? recordArray(json, caller) : recordOne(json, caller);
    } catch (IOException e) {
      return IngestionAnswer.unreadable(e, Map.of());
    }
  }

  private Response recordOne(byte[] json, String caller) {
    EncodedActivity activity =
        intake.admit(() -> ActivityReader.read(Utf8.decode(json, 0, json.length)), caller);
    Receipt receipt;
    try {
      receipt = intake.recordDurably(activity);
    } catch (JournalException e) { // with the id that it was given here, if it was
      return IngestionAnswer.interrupted(e, Map.of("id", activity.activity().id()));
    }
    return Answer.of(receipt.duplicate() ? Response.Status.OK : Response.Status.CREATED)
        .with("id", activity.activity().id())
        .with("position", receipt.position().toString())
        .toResponse();
  }

  private Response recordArray(byte[] json, String caller) {
    List<Supplier<Activity>> elements = new ArrayList<>();
    // to its end before the first is recorded: of an array that breaks off nothing is
    ActivityReader.readArray(Utf8.decode(json, 0, json.length), elements::add);
    if (elements.size() > settings.maxBodyActivities()) {
      return tooLarge(settings.maxBodyActivities() + " activities");
    }
    Ingestion ingestion = new Ingestion(intake, caller);
    try {
      for (Supplier<Activity> element : elements) {
        ingestion.offer(Ingestion.NO_LINE, element);
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
    Ingestion ingestion = new Ingestion(intake, Caller.of(request).name());
    try (InputStream plain = RequestBody.open(body)) {
      offerLines(ingestion, plain);
      return IngestionAnswer.of(ingestion.tally());
    } catch (IOException e) {
      return IngestionAnswer.unreadable(e, linesSoFar(ingestion));
    } catch (JournalException e) {
      return IngestionAnswer.interrupted(e, linesSoFar(ingestion));
    }
  }

  private void offerLines(Ingestion ingestion, InputStream body) throws IOException {
    try {
      Lines lines = new Lines(body, 2 * settings.maxActivityBytes());
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        ingestion.offer(line.number(), line.element());
        if (!lines.hasWholeLine()) {
          ingestion.handOn(); // the next one may be long in coming
        }
      }
    } catch (IOException e) {
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

  private static Response tooLarge(String most) {
    return Problem.of(
            Response.Status.REQUEST_ENTITY_TOO_LARGE,
            "The body must not be larger than "
                + most
                + "; application/x-ndjson may be of any length.")
        .toResponse();
  }

  private static boolean isArray(byte[] json) {
    int first = 0;
    while (first < json.length && json[first] <= ' ' && json[first] >= 0) {
      first++;
    }
    return first < json.length && json[first] == '[';
  }
}
