package dev.trailcast.ingest.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.NpmProducer;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.MessageWriter;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents as their SDKs send them, and as servers hand their headers on. */
@ExtendWith(ArquillianExtension.class)
class CloudEventsIT {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String DOOR = "api/activities";
  private static final String END = "\r\n";

  @ArquillianResource private Server server;

  private final String source = "/" + UUID.randomUUID();

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with("trailcast.http.origins", "https://events.example");
  }

  @Test
  void takesWhatTheSdkForJavaSendsInEachMode() throws Exception {
    CloudEvent json =
        CloudEventBuilder.v1()
            .withId("json")
            .withSource(URI.create(source))
            .withType("order.placed")
            .withSubject("orders/17")
            .withTime(OffsetDateTime.parse("2026-01-31T12:00:00Z"))
            .withExtension("actor", "alice")
            .withData("application/json", "{\"total\":9.90}".getBytes(UTF_8))
            .build();
    CloudEvent text =
        CloudEventBuilder.v1(json)
            .withId("text")
            .withData("text/plain", "a \"text\" of Zoë".getBytes(UTF_8))
            .build();
    CloudEvent bytes =
        CloudEventBuilder.v1(json)
            .withId("bytes")
            .withData("image/png", new byte[] {0, -1})
            .build();

    for (CloudEvent event : List.of(json, text, bytes)) {
      assertThat(send(event, false)).isEqualTo(201);
      assertThat(send(event, true)).isEqualTo(200); // the same, so it was recorded before
    }

    Map<String, JsonObject> recorded = recorded();
    assertThat(recorded.keySet()).containsExactly("json", "text", "bytes");
    recorded
        .values()
        .forEach(
            activity -> {
              assertThat(activity.getString("type")).isEqualTo("order.placed");
              assertThat(activity.getString("subject")).isEqualTo("orders/17");
              assertThat(activity.getString("time")).isEqualTo("2026-01-31T12:00:00Z");
              assertThat(activity.getString("actor")).isEqualTo("alice");
            });
    assertThat(recorded.get("json").get("data")).hasToString("{\"total\":9.90}");
    assertThat(recorded.get("text").getString("data")).isEqualTo("a \"text\" of Zoë");
    assertThat(recorded.get("bytes").getString("data_base64")).isEqualTo("AP8=");
    assertThat(recorded.get("bytes").getString("datacontenttype")).isEqualTo("image/png");
  }

  private int send(CloudEvent event, boolean structured) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.base().resolve(DOOR));
    MessageWriter<?, ?> writer =
        HttpMessageFactory.createWriter(
            request::header, body -> request.POST(BodyPublishers.ofByteArray(body)));
    if (structured) {
      writer.writeStructured(event, new JsonFormat());
    } else {
      writer.writeBinary(event);
    }
    return CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void takesWhatTheSdkForJavaScriptSendsInEachMode() throws Exception {
    NpmProducer.run("cloudevents.js", server.base().resolve(DOOR), source);

    Map<String, JsonObject> recorded = recorded();
    assertThat(recorded).hasSize(6);
    for (String mode : List.of("binary", "structured")) {
      JsonObject json = recorded.get(mode + "-json");
      assertThat(json.get("data")).hasToString("{\"total\":9.9,\"to\":\"Zoë\"}");
      assertThat(json.getString("actor")).isEqualTo("alice");
      assertThat(json.getString("subject")).isEqualTo("orders/17");
      assertThat(recorded.get(mode + "-text").getString("data")).isEqualTo("a \"text\" of Zoë");
      assertThat(recorded.get(mode + "-bytes").getString("data_base64")).isEqualTo("AP8=");
    }
  }

  @Test
  void takesABatch() throws Exception {
    HttpResponse<String> answer =
        server.post(
            DOOR,
            ContentMode.BATCH + "; charset=utf-8",
            """
            [{"specversion":"1.0","id":"1","source":"%1$s","type":"t"},
             {"id":"2","source":"%1$s","type":"t"},
             {"specversion":"1.0","id":"3","source":"%1$s","type":"t"}]
            """
                .formatted(source));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"accepted\":2", "specversion is required");
    assertThat(recorded().keySet()).containsExactly("1", "3");
  }

  @Test
  void readsHeadersAsTheyWereEncodedAndABodyInChunks() throws Exception {
    RawHttp answer =
        binary(
            "ce-subject: \"Euro%20%e2%82%ac \\\"quoted\\\"\"" + END,
            "Content-Type: text/plain" + END + "Transfer-Encoding: chunked",
            "3" + END + "a b" + END + "2" + END + "cd" + END + "0" + END + END);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    JsonObject activity = recorded().get("1");
    assertThat(activity.getString("subject")).isEqualTo("Euro € \"quoted\"");
    assertThat(activity.getString("data")).isEqualTo("a bcd");
    assertThat(activity.getString("datacontenttype")).isEqualTo("text/plain");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "ce-subject: %C0%A0                        > 400 > subject is percent-encoded",
        "ce-id: 2                                  > 400 > id is given twice",
        "ce-trace_parent: 2                        > 400 > is no attribute",
        "ce-audience: role:                        > 400 > audience has role: without a name",
        "Content-Type: application/json            > 400 > data must be JSON in UTF-8",
        "Content-Type: application/cloudevents+xml > 415 > application/cloudevents+json",
      })
  void refusesWhatIsNoEventWithAProblem(String header, int status, String detail) throws Exception {
    RawHttp answer = binary(header + END, "Content-Length: 1", "x");

    assertThat(answer.status()).as(answer.head()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail);
  }

  private RawHttp binary(String headers, String framing, String body) throws Exception {
    return server.raw(
        "POST " + DOOR,
        headers
            + "ce-specversion: 1.0\r\nce-id: 1\r\nce-type: t\r\nce-source: "
            + source
            + END
            + framing
            + END
            + END
            + body);
  }

  @Test
  void tellsAWebHookThatMayDeliverThatItMay() throws Exception {
    RawHttp allowed = handshake("events.example");
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("WebHook-Allowed-Origin")).hasValue("events.example");
    assertThat(allowed.header("WebHook-Allowed-Rate")).hasValue("*");
    assertThat(allowed.header("Allow")).hasValueSatisfying(m -> assertThat(m).contains("POST"));

    RawHttp other = handshake("other.example");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.header("WebHook-Allowed-Origin")).isEmpty();
  }

  private RawHttp handshake(String sender) throws Exception {
    return server.raw(
        "OPTIONS " + DOOR,
        "WebHook-Request-Origin: " + sender + END + "WebHook-Request-Rate: 120" + END + END);
  }

  /** What has the source of this test, by its id, in the journal's order. */
  private Map<String, JsonObject> recorded() throws Exception {
    JsonObject page = Server.json(server.get(DOOR + "?after=earliest&source=" + source));
    Map<String, JsonObject> recorded = new LinkedHashMap<>();
    for (JsonValue activity : page.getJsonArray("activities")) {
      recorded.put(activity.asJsonObject().getString("id"), activity.asJsonObject());
    }
    return recorded;
  }
}
