package dev.trailcast.ingest;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.http.Problem;
import dev.trailcast.http.RequestBody;
import dev.trailcast.http.TrailcastApi;
import dev.trailcast.ingest.cloudevents.BinaryMode;
import dev.trailcast.ingest.cloudevents.ContentMode;
import dev.trailcast.journal.JournalException;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The door for HTTP clients. An answer means that what it counts as accepted is durable; the
 * request thread waits for that.
 */
@Path(TrailcastApi.RESOURCES + "activities")
@TrailcastApi
@ApplicationScoped
public class ActivitiesResource {
  private static final System.Logger LOG = System.getLogger(ActivitiesResource.class.getName());

  private final Callers callers;
  private final Recorder recorder;
  private final Intake intake;
  private final Publishers publishers;
  private final IngestSettings settings;

  /** Has bodies recorded by {@code recorder}, and lines by {@code intake}. */
  @Inject
  public ActivitiesResource(
      Callers callers,
      Recorder recorder,
      Intake intake,
      Publishers publishers,
      IngestSettings settings) {
    this.callers = callers;
    this.recorder = recorder;
    this.intake = intake;
    this.publishers = publishers;
    this.settings = settings;
  }

  /** For the client proxy that CDI makes. */
  ActivitiesResource() {
    this(null, null, null, null, null);
  }

  /** Records one activity, or an array of them. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response record(InputStream body, @Context HttpServletRequest request) {
    return isData(request)
        ? recordData(body, request)
        : recorder.record(Door.HTTP, BodyShape.ONE_OR_ARRAY, body, request, ActivityReader::read);
  }

  /** Records one CloudEvent. */
  @POST
  @Consumes(ContentMode.EVENT)
  public Response recordEvent(InputStream body, @Context HttpServletRequest request) {
    return recorder.record(Door.HTTP, BodyShape.ONE, body, request, ActivityReader::readCloudEvent);
  }

  /** Records a batch of CloudEvents. */
  @POST
  @Consumes(ContentMode.BATCH)
  public Response recordEvents(InputStream body, @Context HttpServletRequest request) {
    return recorder.record(
        Door.HTTP, BodyShape.ARRAY, body, request, ActivityReader::readCloudEvent);
  }

  /**
   * CloudEvents in binary mode have data of any type, also of one that stands for something else.
   */
  private static boolean isData(HttpServletRequest request) {
    return ContentMode.of(request) == ContentMode.BINARY;
  }

  private Response recordData(InputStream body, HttpServletRequest request) {
    return recorder.recordData(body, request, data -> BinaryMode.read(request, data));
  }

  /**
   * Records one activity a line, of any number of lines. Whoever accepts lines as an answer is told
   * meanwhile how far it has got.
   */
  @POST
  @Consumes({ProgressLines.TYPE, "application/ndjson", "application/jsonl"})
  public Response recordLines(
      InputStream body,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response) {
    if (isData(request)) {
      return recordData(body, request);
    }
    Caller caller = callers.withRight(Right.PUBLISH, request);
    Ingestion ingestion = new Ingestion(intake.at(Door.LINES, request), caller);
    if (!ProgressLines.areWanted(request)) {
      return recordLines(ingestion, body, caller, any -> {});
    }
    ProgressLines progress = ProgressLines.to(response);
    Response answer = recordLines(ingestion, body, caller, progress::tell);
    try {
      progress.end(answer);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "Nobody takes the answer any more", e);
    }
    return Response.ok().build(); // which has been sent
  }

  /** Is told after each line that there may be something to say. */
  private interface Progress {
    void tell(Ingestion ingestion) throws IOException;
  }

  private Response recordLines(
      Ingestion ingestion, InputStream body, Caller caller, Progress progress) {
    try (Publishers.Allowance allowance = publishers.enterWithLines(caller)) {
      allowance.hold(Lines.mostHeld(settings.maxSentBytes())); // now, and not in the middle
      offerLines(ingestion, body, allowance, progress);
      return IngestionAnswer.of(ingestion.tally());
    } catch (OverQuotaException e) {
      return e.problem().with(linesSoFar(ingestion)).toResponse();
    } catch (IOException e) {
      return IngestionAnswer.unreadable(e, linesSoFar(ingestion));
    } catch (JournalException e) {
      return IngestionAnswer.interrupted(e, linesSoFar(ingestion));
    }
  }

  private void offerLines(
      Ingestion ingestion, InputStream body, Publishers.Allowance allowance, Progress progress)
      throws IOException {
    try (InputStream plain = RequestBody.open(body)) {
      Lines lines = new Lines(plain, settings.maxSentBytes());
      for (Lines.Line line = lines.next(); line != null; line = lines.next()) {
        allowance.spend(1, line.bytes());
        ingestion.offer(line.number(), line.element());
        if (!lines.hasWholeLine()) {
          ingestion.handOn(); // the next one may be long in coming
        }
        progress.tell(ingestion);
      }
    } catch (IOException | OverQuotaException e) {
      ingestion.finish(); // the lines that are complete are recorded all the same
      throw e;
    }
    ingestion.finish();
  }

  private static Map<String, Object> linesSoFar(Ingestion ingestion) {
    Map<String, Object> members = ingestion.soFar();
    members.put("line", ingestion.line());
    return members;
  }

  /** Records the CloudEvent whose data is of whatever other type; else nobody knows what it is. */
  @POST
  @Consumes(MediaType.WILDCARD)
  public Response recordOther(InputStream body, @Context HttpServletRequest request) {
    return isData(request)
        ? recordData(body, request)
        : Problem.of(
                Response.Status.UNSUPPORTED_MEDIA_TYPE,
                "The Content-Type must be application/json for one activity or an array,"
                    + " application/x-ndjson for one activity a line, "
                    + ContentMode.EVENT
                    + " or "
                    + ContentMode.BATCH
                    + " for CloudEvents; or the data's, with a CloudEvent's attributes in headers"
                    + " (ce-…).")
            .toResponse();
  }
}
