package dev.trailcast.ingest;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.ForbiddenActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.http.Answer;
import dev.trailcast.http.RequestBody;
import dev.trailcast.journal.JournalException;
import dev.trailcast.journal.Receipt;
import dev.trailcast.security.Caller;
import dev.trailcast.security.Callers;
import dev.trailcast.security.KeysUnavailableException;
import dev.trailcast.security.Right;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Records what a request brings in a body that is held in memory until it has come to its end. A
 * door says what that is to be, and how it is read; who may, how much of it, and the answer are the
 * same for all of them. For use by many threads; each waits until what it has brought is durable.
 */
@ApplicationScoped
public class Recorder {
  private final Callers callers;
  private final Intake intake;
  private final Publishers publishers;
  private final IngestSettings settings;

  /** Hands on to {@code intake}, for so many as {@code publishers} lets in. */
  @Inject
  public Recorder(Callers callers, Intake intake, Publishers publishers, IngestSettings settings) {
    this.callers = callers;
    this.intake = intake;
    this.publishers = publishers;
    this.settings = settings;
  }

  /** For the client proxy that CDI makes. */
  Recorder() {
    this(null, null, null, null);
  }

  /**
   * Records what is in {@code body}. To be asked inside the resource's method.
   *
   * @param door where it comes in
   * @param reader what makes an activity of the JSON that is one
   * @return what has become of it; also where it could not be read to its end, where its caller has
   *     brought too much in this time, and where the journal can't go on
   * @throws InvalidActivityException if it is no such body, or its one activity is none
   * @throws WebApplicationException if its caller may not record at all, or not this; if there is
   *     no place for it, or it is too large
   * @throws KeysUnavailableException if it can't be found out now who asks
   */
  public Response record(
      Door door,
      BodyShape shape,
      InputStream body,
      HttpServletRequest request,
      Function<String, Activity> reader) {
    Intake at = intake.at(door, request);
    return record(
        request,
        (held, caller, allowance) -> {
          fill(held, at, shape, RequestBody.open(body, settings.bodies().bodyTimeout()));
          return held.isArray(shape)
              ? recordArray(held, at, reader, caller, allowance)
              : recordOne(held, at, () -> reader.apply(held.text()), caller, allowance);
        });
  }

  /**
   * Records one activity that {@code body} is only the data of: any bytes, which are no gzip of
   * others unless it says so. Else as {@link #record}.
   *
   * @param reader what makes an activity of them
   */
  public Response recordData(
      InputStream body, HttpServletRequest request, Function<byte[], Activity> reader) {
    Intake at = intake.at(Door.HTTP, request);
    return record(
        request,
        (held, caller, allowance) -> {
          fill(held, at, BodyShape.ONE, openData(body, request));
          return recordOne(held, at, () -> reader.apply(held.bytes()), caller, allowance);
        });
  }

  private InputStream openData(InputStream body, HttpServletRequest request) throws IOException {
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    Duration within = settings.bodies().bodyTimeout();
    return encoding != null && encoding.toLowerCase(Locale.ROOT).contains("gzip")
        ? RequestBody.open(body, within)
        : RequestBody.openAsItIs(body, within);
  }

  private static void fill(HeldBody held, Intake at, BodyShape shape, InputStream body)
      throws IOException {
    try (body) {
      held.read(body, shape);
    } catch (OversizedActivityException e) {
      at.reject();
      throw e;
    }
  }

  /** Reads a body and records what is in it. */
  private interface Recording {
    Response record(HeldBody held, Caller caller, Publishers.Allowance allowance)
        throws IOException;
  }

  private Response record(HttpServletRequest request, Recording recording) {
    Caller caller = callers.withRight(Right.PUBLISH, request);
    try (Publishers.Allowance allowance = publishers.enter(caller)) {
      HeldBody held = new HeldBody(settings, allowance);
      try {
        return recording.record(held, caller, allowance);
      } catch (IOException e) {
        return IngestionAnswer.unreadable(e, Map.of("bytes", held.length()));
      }
    } catch (OverQuotaException e) {
      return e.problem().toResponse();
    }
  }

  private static Response recordOne(
      HeldBody held,
      Intake at,
      Supplier<Activity> one,
      Caller caller,
      Publishers.Allowance allowance) {
    allowance.spend(1, held.length());
    EncodedActivity activity;
    try {
      activity = at.admit(one, caller.name(), caller.reach(Right.PUBLISH));
    } catch (ForbiddenActivityException e) {
      throw caller.refusal(e.getMessage());
    }
    Receipt receipt;
    try {
      receipt = at.recordDurably(activity);
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

  private Response recordArray(
      HeldBody held,
      Intake at,
      Function<String, Activity> reader,
      Caller caller,
      Publishers.Allowance allowance) {
    int most = settings.bodies().maxBodyActivities();
    int longest = settings.maxSentBytes();
    // to its end before the first is recorded: of an array that breaks off nothing is
    int count = Elements.ofArray(held.json(), 0, held.length(), longest).count(most);
    if (count > most) {
      throw HeldBody.tooLarge(most + " activities are allowed in an array");
    }
    allowance.spend(count, held.length());
    Elements elements = Elements.ofArray(held.json(), 0, held.length(), longest);
    Ingestion ingestion = new Ingestion(at, caller);
    try {
      while (elements.next()) {
        ingestion.offer(Ingestion.NO_LINE, elements.element(reader));
      }
      ingestion.finish();
      return IngestionAnswer.of(ingestion.tally());
    } catch (JournalException e) {
      return IngestionAnswer.interrupted(e, ingestion.soFar());
    }
  }
}
