package dev.trailcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class MetricsIT {
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.stream.readers.max", "1");
  }

  @Test
  void countsWhatHasBecomeOfActivities() throws Exception {
    double accepted = outcome("accepted");
    double duplicates = outcome("duplicate");
    double rejected = outcome("rejected");
    String once = "{\"type\":\"counted\",\"id\":\"1\"}";

    for (String json : List.of(once, once, "{}")) {
      server.post("api/activities", "application/json", json);
    }

    assertThat(outcome("accepted")).isEqualTo(accepted + 1);
    assertThat(outcome("duplicate")).isEqualTo(duplicates + 1);
    assertThat(outcome("rejected")).isEqualTo(rejected + 1);
    assertThat(outcome("lost")).isZero();
    for (String reason : List.of("full", "rate")) {
      assertThat(server.metric("trailcast_bodies_refused", reason)).isZero();
    }
  }

  private double outcome(String outcome) throws Exception {
    return server.metric("trailcast_ingested_activities", outcome);
  }

  @Test
  void countsReadersAndWhyTheyWereTurnedAwayOrHaveLeft() throws Exception {
    assertThat(server.metric("trailcast_streams_refused_total", "full")).isZero();

    try (Reader reader = new Reader(server, "api/events")) {
      reader.await("opening", client -> client.events().size() == 1);
      assertThat(server.metric("trailcast_readers")).isEqualTo(1);
      assertThat(server.get("api/events").body()).contains("\"reason\":\"full\"");
      assertThat(server.metric("trailcast_streams_refused_total", "full")).isEqualTo(1);
    }
    Await.until(
        "the reader to be gone",
        () -> {
          server.record("{\"type\":\"left\"}"); // finds out
          return server.metric("trailcast_streams_ended_total", "gone") > 0;
        });
    assertThat(server.metric("trailcast_readers")).isZero();
    assertThat(server.metric("trailcast_stalled_threads")).isZero();
  }
}
