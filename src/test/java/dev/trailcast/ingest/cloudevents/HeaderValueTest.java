package dev.trailcast.ingest.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderValueTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '\'',
      value = {
        "plain                                   > plain",
        "Euro%20%E2%82%AC%20%F0%9F%98%80         > Euro € 😀",
        "caf%c3%a9                               > café",
        "%61%2D                                  > a-",
        "a b                                     > a b",
        "%2520                                   > %20", // one round
        "\"quoted \\\"string\\\" of %C3%A9\\\\\"  > quoted \"string\" of é\\",
        "\"                                      > \"",
        "\"\"                                    > ''",
        "a\"b\"                                  > a\"b\"",
        "100%                                    > 100%",
        "50% off                                 > 50% off",
        "%zz%2                                   > %zz%2",
      })
  void decodesWhatTheBindingEncodesAndWhatOlderProducersDoNot(String header, String value) {
    assertThat(HeaderValue.decode(header)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%C0%A0", "%80", "%ED%A0%80", "a%E2%82b", "%F5%80%80%80"})
  void refusesWhatIsNotUtf8(String header) {
    assertThatThrownBy(() -> HeaderValue.decode(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is percent-encoded, but not as UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "\u00c3\u00a9", "\u007f", "%é0", "😀"})
  void refusesWhatServersReadInDifferentWays(String header) {
    assertThatThrownBy(() -> HeaderValue.decode(header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be of ASCII");
  }
}
