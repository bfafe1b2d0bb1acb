package dev.trailcast.ingest.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentModeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/cloudevents+json",
        "Application/CloudEvents+JSON; charset=utf-8",
        "application/cloudevents-batch+json",
        "application/cloudevents+xml",
        "application/cloudevents"
      })
  void goesByTheTypeWhateverElseTheHeadersSay(String type) {
    assertThat(ContentMode.of(TestRequest.with("Content-Type", type, "ce-id", "1")))
        .isEqualTo(ContentMode.STRUCTURED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-id", "ce-source", "CE-SpecVersion", "ce-type"})
  void takesOneHeaderOfAnEventForAnEvent(String header) {
    assertThat(ContentMode.of(TestRequest.with("Content-Type", "application/json", header, "1")))
        .isEqualTo(ContentMode.BINARY);
    assertThat(ContentMode.of(TestRequest.with(header, "1"))).isEqualTo(ContentMode.BINARY);
  }

  @Test
  void takesNothingElseForAnEvent() {
    assertThat(ContentMode.of(TestRequest.with("Content-Type", "application/json", "ce-x", "1")))
        .isEqualTo(ContentMode.NONE);
  }
}
