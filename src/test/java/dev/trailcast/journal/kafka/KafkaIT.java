package dev.trailcast.journal.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.KafkaBroker;
import dev.trailcast.it.Kcat;
import dev.trailcast.it.Reader;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.TestJournal;
import java.net.URL;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application whose broker does not answer while it starts, and at times. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaIT {
  private static final String TOPIC = "trail";

  private static KafkaBroker broker;

  @ArquillianResource private URL url;

  @Deployment(testable = false)
  static WebArchive trailcast() throws Exception {
    broker = KafkaBroker.start();
    broker.pause();
    return TestArchive.with(
        TestJournal.KAFKA,
        "trailcast.kafka.bootstrap",
        broker.bootstrapServers(),
        "trailcast.kafka.topic",
        TOPIC,
        "trailcast.canary.interval",
        "PT0.5S",
        "trailcast.canary.late",
        "PT1S");
  }

  @AfterAll
  static void end() { // before the application is
    broker.close();
  }

  @Test
  @Order(1)
  void startsWithoutItsBrokerAndGoesOnOnceThatIsThere() throws Exception {
    assertThat(refusal().body()).doesNotContain(broker.bootstrapServers()); // for operators alone
    assertThat(ready().body()).contains("DOWN", "Kafka");
    assertThat(server().get("api/events").body()).contains("\"reason\":\"unavailable\"");

    broker.goOn();

    TestJournal.KAFKA.awaitOpen(server());
    server().record("{\"type\":\"begun\"}");
  }

  @Test
  @Order(2)
  void refusesPublishersWhileTheBrokerDoesNotAnswerAndKeepsReaders() throws Exception {
    try (Reader reader = new Reader(server(), "api/events?source=/faults")) {
      server().record("{\"source\":\"/faults\",\"type\":\"before\"}");
      reader.await("what was before", client -> client.activities().size() == 1);
      broker.pause();

      Await.until("publishers to be refused", () -> post("during").statusCode() == 503);
      refusal();
      assertThat(ready().statusCode()).isEqualTo(503);
      assertThat(ready().body()).contains("Kafka does not answer", broker.bootstrapServers());
      Await.until(
          "a canary to be late",
          () -> ready().body().contains("could not be recorded: Kafka does not answer"));

      broker.goOn();
      Await.until("publishers to be let in", () -> post("after").statusCode() == 201);
      reader.awaitText("what was after", "\"type\":\"after\"");
      Await.until("a canary to come through", () -> ready().statusCode() == 200);
      for (String control : List.of("trailcast.closing", "trailcast.gap")) {
        assertThat(reader.<List<?>>seen(client -> client.controls(control))).isEmpty();
      }
    } finally {
      broker.goOn();
    }
  }

  @Test
  @Order(3)
  void recordsWhatOthersProduceAndSkipsWhatIsNoActivity() throws Exception {
    Kcat kcat = new Kcat(broker);
    String metric = "trailcast_kafka_skipped_records_total";
    double skipped = server().metric(metric, "reason=\"invalid\"");
    try (Reader reader = new Reader(server(), "api/events?source=/kcat")) {
      reader.await("opening", client -> client.events().size() == 1);

      kcat.produce(TOPIC, Map.of(), "nonsense");
      kcat.produce(TOPIC, Map.of(), "{\"source\":\"/kcat\",\"type\":\"produced\"}");

      reader.awaitText("what kcat has produced", "\"type\":\"produced\"");
      server().awaitMetric(skipped + 1, metric, "reason=\"invalid\"");
      assertThat(server().metric("trailcast_kafka_behind_records")).isZero();
      assertThat(server().metric("trailcast_kafka_answers")).isEqualTo(1);
    }
  }

  @Test
  @Order(4)
  void letsOthersConsumeWhatIsRecorded() throws Exception {
    Kcat kcat = new Kcat(broker);

    String position = server().record("{\"type\":\"consumed\",\"id\":\"by-kcat\"}");

    assertThat(kcat.consume(TOPIC))
        .filteredOn(record -> record.getString("payload").contains("\"id\":\"by-kcat\""))
        .singleElement()
        .satisfies(record -> assertThat(position).endsWith("-" + (record.getInt("offset") + 1)));
  }

  private Server server() {
    return Server.of(url); // as it is, though its journal may not be open
  }

  private HttpResponse<String> post(String type) throws Exception {
    return server()
        .post(
            "api/activities",
            "application/json",
            "{\"source\":\"/faults\",\"type\":\"" + type + "\"}");
  }

  private HttpResponse<String> refusal() throws Exception {
    HttpResponse<String> response = post("refused");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.headers().firstValue("Retry-After")).isPresent();
    return response;
  }

  private HttpResponse<String> ready() throws Exception {
    return new Server(server().base().resolve("/")).get("health/ready");
  }
}
