package dev.trailcast.ingest;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.ActivityReader.Element;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.http.Answer;
import dev.trailcast.http.JournalExceptionMapper;
import dev.trailcast.http.Problem;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.Receipt;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The door for HTTP clients. An answer means that what it counts as accepted is durable; the
 * request thread waits for that.
 */
@Path("activities")
@TrailcastApi
@ApplicationScoped
public class ActivitiesResource {
  private static final System.Logger LOG = System.getLogger(ActivitiesResource.class.getName());

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
  public Response record(InputStream body, @Context SecurityContext security) {
    try (InputStream plain = RequestBody.open(body)) {
      byte[] json = plain.readNBytes(settings.maxBodyBytes() + 1);
      if (json.length > settings.maxBodyBytes()) {
        return tooLarge(settings.maxBodyBytes() + " bytes");
      }
      return isArray(json)
          ? recordArray(json, caller(security))
          : recordOne(json, caller(security));
    } catch (IOException e) {
      return unreadable(e, Map.of());
    }
  }

  private Response recordOne(byte[] json, String caller) {
    EncodedActivity activity =
        intake.admit(() -> ActivityReader.read(Utf8.decode(json, 0, json.length)), caller);
    Receipt receipt = intake.recordDurably(activity);
    return Answer.of(receipt.duplicate() ? Response.Status.OK : Response.Status.CREATED)
        .with("id", activity.activity().id())
        .with("position", receipt.position().toString())
        .toResponse();
  }

  private Response recordArray(byte[] json, String caller) {
    List<Element> elements = new ArrayList<>();
    // to its end before the first is recorded: of an array that breaks off nothing is
    ActivityReader.readArray(Utf8.decode(json, 0, json.length), elements::add);
    if (elements.size() > settings.maxBodyActivities()) {
      return tooLarge(settings.maxBodyActivities() + " activities");
    }
    Ingestion ingestion = new Ingestion(intake, caller);
    try {
      for (Element element : elements) {
        ingestion.offer(Ingestion.NO_LINE, element);
      }
      ingestion.finish();
      return answer(ingestion.tally());
    } catch (JournalException e) {
      return JournalExceptionMapper.problem(e).with(ingestion.tally().members()).toResponse();
    }
  }

  /** Records one activity a line, of any number of lines. */
  @POST
  @Consumes({"application/x-ndjson", "application/ndjson", "application/jsonl"})
  public Response recordLines(InputStream body, @Context SecurityContext security) {
    Ingestion ingestion = new Ingestion(intake, caller(security));
    try (InputStream plain = RequestBody.open(body)) {
      offerLines(ingestion, plain);
      return answer(ingestion.tally());
    } catch (IOException e) {
      return unreadable(e, soFar(ingestion));
    } catch (JournalException e) {
      return JournalExceptionMapper.problem(e).with(soFar(ingestion)).toResponse();
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

  private static Map<String, Object> soFar(Ingestion ingestion) {
    Map<String, Object> members = ingestion.tally().members();
    members.put("line", ingestion.line());
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

  private static Response unreadable(IOException e, Map<String, Object> soFar) {
    LOG.log(System.Logger.Level.DEBUG, "A body could not be read to its end", e);
    return e instanceof BrokenOffException
        ? Response.status(Response.Status.BAD_REQUEST).build() // a body is what Jersey would log
        : Problem.badRequest("The body is damaged gzip.").with(soFar).toResponse();
  }

  private static boolean isArray(byte[] json) {
    int first = 0;
    while (first < json.length && json[first] <= ' ' && json[first] >= 0) {
      first++;
    }
    return first < json.length && json[first] == '[';
  }

  private static Response answer(Tally tally) {
    return tally.isAllRejected()
        ? Problem.badRequest("None of these is an activity.").with(tally.members()).toResponse()
        : Answer.of(Response.Status.OK).with(tally.members()).toResponse();
  }

  private static String caller(SecurityContext security) {
    return security.getUserPrincipal() == null ? null : security.getUserPrincipal().getName();
  }
}
