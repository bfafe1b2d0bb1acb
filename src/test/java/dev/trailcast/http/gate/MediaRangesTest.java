package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRangesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "application/json > application/json",
        "text/event-stream, */*;q=0.1 > text/event-stream, */*;q=0.1",
        "Application/JSON ; charset=\"utf-8\" ;Q=0.5 > Application/JSON;q=0.5",
        "text/html, image/gif, *; q=.2, */*; q=.2 > text/html, image/gif, */*;q=.2, */*;q=.2",
        ",application/json,, > application/json",
        "a/b;x=\"q=2, \\\" c/d\";q=1.000 > a/b;q=1.000",
        "a/b;;level > a/b",
        "application/*;v=b3;q=0.3333 > application/*;q=0.3333",
      })
  void readsWhatRfc9110AllowsAndWhatClientsSend(String accept, String plain) {
    assertThat(MediaRanges.plain(accept)).isEqualTo(plain);
  }

  @Test
  void readsAnEmptyList() {
    assertThat(MediaRanges.plain("")).isEmpty();
    assertThat(MediaRanges.plain(" , ")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "garbage",
        "a/b/c",
        "/b",
        "a/",
        "*/b",
        ";",
        "a/b;q=x",
        "a/b;q=2",
        "a/b;q=1.1",
        "a/b;q=-0",
        "a/b;q=",
        "a/b;c=\"d",
        "a/b;c=\"d\\",
        "a b",
        "a/b c/d",
        "a/b;c=",
        "ä/b",
        "a/b\u0000",
        "a/{b}"
      })
  void refusesWhatIsNoMediaRange(String accept) {
    assertThatIllegalArgumentException().isThrownBy(() -> MediaRanges.plain(accept));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "APPLICATION/JSON; Charset=\"UTF-8\"",
        "application/cloudevents+json;",
        "application/x-ndjson;charset=nope"
      })
  void knowsAMediaType(String contentType) {
    assertThat(MediaRanges.isMediaType(contentType)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "*",
        "*/*",
        "application/*",
        "garbage",
        "a/b/c",
        "application/json;charset=",
        "application/json, text/plain",
        "application/json;a=\"b"
      })
  void knowsWhatIsNone(String contentType) {
    assertThat(MediaRanges.isMediaType(contentType)).isFalse();
  }
}
