package dev.trailcast.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.http.Problem;
import dev.trailcast.security.TestCallers;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE); // which may overflow
  private final ProgressLines lines = new ProgressLines(() -> out, nanoTime::get);

  @Test
  void saysEachSecondHowFarItHasGot() throws IOException {
    Intake intake =
        new Intake(new RecordingJournal(), TestSettings.with(1_000, Duration.ofSeconds(10)));
    Ingestion ingestion = new Ingestion(intake, TestCallers.of("10.0.0.1", null));
    ingestion.offer(1, () -> Activity.of("alice", "t"));
    ingestion.offer(3, () -> Activity.of("alice", "t"));
    ingestion.handOn();

    lines.tell(ingestion);
    assertThat(out.toString(UTF_8)).isEmpty();
    nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
    lines.tell(ingestion);
    lines.tell(ingestion);
    assertThat(out.toString(UTF_8))
        .isEqualTo("{\"accepted\":2,\"duplicates\":0,\"rejected\":0,\"line\":3}\n");
  }

  @Test
  void endsWithWhatTheAnswerWouldHaveBeen() throws IOException {
    lines.end(Problem.unavailable("It is full.", Duration.ofSeconds(2)).toResponse());
    lines.end(Response.status(400).build());

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"status":503,"retryAfter":2,"answer":{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"It is full."}}
            {"status":400}
            """);
  }
}
