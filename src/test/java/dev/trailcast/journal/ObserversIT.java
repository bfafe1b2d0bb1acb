package dev.trailcast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application's observers of what was recorded cost nobody else anything. */
@ExtendWith(ArquillianExtension.class)
class ObserversIT {
  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.ingest.ack-timeout", "PT5S")
        .addClasses(ObservingBean.class, ObservingResource.class, ObservingApplication.class);
  }

  @Test
  void mayThrowBlockAndFire() throws Exception {
    try (Reader reader = new Reader(server, "api/events")) {
      record(reader, "observer.throws");
      Await.until("the observer to throw", () -> observed().endsWith("observer.throws"));
      server.awaitMetric(1, "trailcast_observer_failures_total");

      record(reader, "observer.fires");
      reader.await("what it fired", client -> reader.text().contains("observer.fired"));
      Await.until("it to be told of that", () -> observed().endsWith("observer.fired"));

      record(reader, "observer.blocks");
      Await.until("the observer to block", () -> observed().endsWith("observer.blocks"));
      record(reader, "meanwhile.1");
      record(reader, "meanwhile.2");
      assertThat(server.fire("plain", "meanwhile.3", 1)).isEqualTo("done");
      reader.await("what was fired", client -> client.activities().size() == 7);
      assertThat(server.metric("trailcast_observers_behind_activities")).isEqualTo(4);

      assertThat(server.post("observing/observing", "text/plain", "").statusCode()).isEqualTo(204);
      Await.until("the rest", () -> observed().endsWith("meanwhile.3"));
      assertThat(observed())
          .isEqualTo(
              "observer.throws observer.fires observer.fired observer.blocks"
                  + " meanwhile.1 meanwhile.2 meanwhile.3");
    }
  }

  /** Is answered, and a reader gets it, whatever the observer does. */
  private void record(Reader reader, String type) throws Exception {
    server.record("{\"type\":\"" + type + "\"}");
    reader.await(type, client -> reader.text().contains(type));
  }

  private String observed() throws Exception {
    return server.get("observing/observing").body();
  }
}
