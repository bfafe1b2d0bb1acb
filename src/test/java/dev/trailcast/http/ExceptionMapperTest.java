package dev.trailcast.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.ConflictingActivityException;
import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.journal.JournalFullException;
import dev.trailcast.journal.JournalUnavailableException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExceptionMapperTest {
  private final Logger log = Logger.getLogger(UnexpectedExceptionMapper.class.getName());

  @BeforeEach
  void keepsTheLogQuiet() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void letsTheLogSpeak() {
    log.setLevel(null);
  }

  @Test
  void aFullJournalIsWorthAnotherTrySoon() {
    Response response =
        new JournalExceptionMapper().toResponse(new JournalFullException("16384 are waiting"));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
    assertThat(body(response)).contains("More is coming in than the disk can follow");
  }

  @Test
  void anUnavailableJournalIsWorthAnotherTryLaterAndTellsNothingOfItsFiles() {
    Response response =
        new JournalExceptionMapper()
            .toResponse(new JournalUnavailableException("/var/secret is not writable", null));

    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
    assertThat(body(response)).contains("may be sent again").doesNotContain("/var/secret");
  }

  @Test
  void aBadActivityIsABadRequestAndALargeOneIsTooLarge() {
    InvalidActivityExceptionMapper mapper = new InvalidActivityExceptionMapper();

    Response bad = mapper.toResponse(InvalidActivityException.whole("is not JSON"));
    Response conflict = mapper.toResponse(new ConflictingActivityException());
    assertThat(conflict.getStatus()).isEqualTo(409);
    assertThat(body(conflict)).contains("\"attribute\":\"id\"");
    Response large = mapper.toResponse(OversizedActivityException.asSent(500));

    assertThat(bad.getStatus()).isEqualTo(400);
    assertThat(body(bad)).contains("\"detail\":\"the activity is not JSON\"");
    assertThat(large.getStatus()).isEqualTo(413);
    assertThat(body(large)).contains("500 bytes");
  }

  @Test
  void aBadActivityNamesTheAttributeAtFaultWhereItIsOnes() {
    InvalidActivityExceptionMapper mapper = new InvalidActivityExceptionMapper();
    String name = "x".repeat(1_000);

    assertThat(body(mapper.toResponse(refusal("{\"type\":\"no type\"}"))))
        .endsWith(",\"attribute\":\"type\"}");
    assertThat(body(mapper.toResponse(refusal("{\"type\":\"t\",\"" + name + "\":[]}"))))
        .endsWith(",\"attribute\":\"" + "x".repeat(64) + "…\"}");
    assertThat(body(mapper.toResponse(refusal("[]")))).doesNotContain("attribute");
  }

  private static InvalidActivityException refusal(String json) {
    return catchThrowableOfType(InvalidActivityException.class, () -> ActivityReader.read(json));
  }

  @Test
  void aRefusalOfTheRuntimeKeepsItsStatusAndHeadersAndNotItsWords() {
    Response response =
        map(new NotAllowedException("com.ibm.Internal says no", "GET", new String[] {"POST"}));

    assertThat(response.getStatus()).isEqualTo(405);
    assertThat(response.getAllowedMethods()).containsExactlyInAnyOrder("GET", "HEAD", "POST");
    assertThat(response.getMediaType()).hasToString("application/problem+json");
    assertThat(body(response))
        .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405}");
    assertThat(map(new NotFoundException()).getStatus()).isEqualTo(404);
  }

  @Test
  void aCompleteResponseStaysAsItIs() {
    Response problem = Problem.badRequest("no").toResponse();
    Response redirect = Response.temporaryRedirect(URI.create("/other")).build();

    assertThat(map(new WebApplicationException(problem))).isSameAs(problem);
    assertThat(map(new RedirectionException(redirect))).isSameAs(redirect);
  }

  @Test
  void anErrorOfOursTellsNothingButWhereToLook() {
    Response response =
        new UnexpectedExceptionMapper().toResponse(new IllegalStateException("secret"));

    assertThat(response.getStatus()).isEqualTo(500);
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(body(response))
        .containsPattern("\"errorId\":\"[0-9a-f-]{36}\"")
        .doesNotContain("secret", "IllegalState");
    assertThat(body(map(new InternalServerErrorException("secret"))))
        .contains("\"errorId\":")
        .doesNotContain("secret");
  }

  private static Response map(WebApplicationException exception) {
    return new WebApplicationExceptionMapper().toResponse(exception);
  }

  private static String body(Response response) {
    return new String((byte[]) response.getEntity(), UTF_8);
  }
}
