package dev.trailcast.ingest.cloudevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the CloudEvents project has every receiver of the HTTP binding hold: after the feature and
 * the minimum vectors of cloudevents/conformance.
 */
class ConformanceTest {
  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json; charset=utf-8"})
  void parsesTheBinaryContentMode(String contentType) {
    Activity activity =
        received(
            TestRequest.with(
                "Host",
                "example.com",
                "ce-specversion",
                "1.0",
                "ce-type",
                "com.example.someevent",
                "ce-time",
                "2018-04-05T03:56:24Z",
                "ce-id",
                "1234-1234-1234",
                "ce-source",
                "/mycontext/subcontext",
                "Content-Type",
                contentType,
                "Content-Length",
                "33"),
            "{\n    \"message\": \"Hello World!\"\n}");

    assertIsTheEvent(activity, contentType);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/cloudevents+json", "application/cloudevents+json; charset=utf-8"})
  void parsesTheStructuredContentMode(String contentType) {
    Activity activity =
        received(
            TestRequest.with("Host", "example.com", "Content-Type", contentType),
            """
            {
                "specversion": "1.0",
                "type": "com.example.someevent",
                "time": "2018-04-05T03:56:24Z",
                "id": "1234-1234-1234",
                "source": "/mycontext/subcontext",
                "datacontenttype": "application/json",
                "data": {
                    "message": "Hello World!"
                }
            }
            """);

    assertIsTheEvent(activity, "application/json");
  }

  private static void assertIsTheEvent(Activity activity, String contentType) {
    assertThat(activity.id()).isEqualTo("1234-1234-1234");
    assertThat(activity.type()).isEqualTo("com.example.someevent");
    assertThat(activity.source()).isEqualTo("/mycontext/subcontext");
    assertThat(activity.time()).isEqualTo("2018-04-05T03:56:24Z");
    assertThat(activity.extensions()).isEqualTo(Map.of("datacontenttype", contentType));
    assertThat(activity.data()).hasToString("{\"message\":\"Hello World!\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain; charset=us-ascii    | Hello, World!                | \"Hello, World!\"",
        "text/plain; charset=utf-8       | Hello, 🌎!                   | \"Hello, 🌎!\"",
        "application/json; charset=utf-8 | \"Hello, 🌎!\"               | \"Hello, 🌎!\"",
        "application/json; charset=utf-8 | {\"msg\":\"Hello, 🌎!\"}     | {\"msg\":\"Hello, 🌎!\"}",
        "application/json; charset=utf-8 | [\"Hello\",\"🌎!\"]          | [\"Hello\",\"🌎!\"]",
        "application/xml; charset=utf-8  | <msg>Hello, 🌎!</msg>             | \"<msg>Hello, 🌎!</msg>\"",
      })
  void takesTheVectorsOfBothVersionsInBothModes(String contentType, String body, String data) {
    for (String version : new String[] {"1.0", "0.3"}) {
      HttpServletRequest binary =
          TestRequest.with(
              "ce-specversion",
              version,
              "ce-type",
              "io.cloudevents.minimum",
              "ce-id",
              "conformance-0001",
              "ce-source",
              "//github.com/cloudevents/cloudeventsconformance/yaml/v1.yaml",
              "Content-Type",
              contentType);
      String structured =
          """
          {"specversion":"%s","type":"io.cloudevents.minimum","id":"conformance-0001",
           "source":"//github.com/cloudevents/cloudeventsconformance/yaml/v1.yaml",
           "datacontenttype":"%s","data_base64":"%s"}
          """
              .formatted(
                  version, contentType, Base64.getEncoder().encodeToString(body.getBytes(UTF_8)));

      for (Activity activity :
          new Activity[] {
            received(binary, body),
            received(TestRequest.with("Content-Type", ContentMode.EVENT), structured)
          }) {
        assertThat(activity.id()).isEqualTo("conformance-0001");
        assertThat(activity.source())
            .isEqualTo("//github.com/cloudevents/cloudeventsconformance/yaml/v1.yaml");
        assertThat(activity.type()).isEqualTo("io.cloudevents.minimum");
        assertThat(activity.extensions()).isEqualTo(Map.of("datacontenttype", contentType));
        assertThat(activity.data()).hasToString(data);
      }
    }
  }

  private static Activity received(HttpServletRequest request, String body) {
    return ContentMode.of(request) == ContentMode.BINARY
        ? BinaryMode.read(request, body.getBytes(UTF_8))
        : ActivityReader.readCloudEvent(body);
  }
}
