package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:00:00Z,              2026-01-31T12:00:00Z",
    "2026-01-31t12:00:00z,              2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00+00:00,         2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00-00:00,         2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.5+01:00,       2026-01-31T12:00:00.5+01:00",
    "2026-01-31T12:00:00.120-18:00,     2026-01-31T12:00:00.12-18:00",
    "2026-01-31T12:00:00.000000001Z,    2026-01-31T12:00:00.000000001Z",
    "2026-01-31T12:00:00.1234567899Z,   2026-01-31T12:00:00.123456789Z",
    "2024-02-29T23:59:59-05:30,         2024-02-29T23:59:59-05:30",
    "0000-01-01T00:00:00Z,              0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z,    9999-12-31T23:59:59.999999999Z"
  })
  void readsTimestampsAndWritesThemInTheirShortestForm(String text, String written) {
    OffsetDateTime time = Rfc3339.parse(text).orElseThrow();

    assertThat(time).isEqualTo(OffsetDateTime.parse(written));
    assertThat(Rfc3339.format(time)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T12:00Z",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00Z",
        "2026-01-31T12:00:00.",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00,5Z",
        "2026-01-31T12:00:00.5",
        "2026-01-31T12:00:00.55555",
        "2026-01-31T12:00:00ZZ",
        "2026-01-31T12:00:00+01",
        "2026-01-31T12:00:00+0100",
        "2026-01-31T12:00:00+01:00:00",
        "2026-01-31T12:00:00+01:60",
        "2026-01-31T12:00:00+18:01",
        "2026-01-31T12:00:00 01:00",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-00-01T12:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-12-31T23:59:60Z",
        "+2026-01-31T12:00:00Z",
        "-026-01-31T12:00:00Z",
        "2026-1-31T12:00:00.00Z",
        "20260-01-31T12:00:00Z",
        "2026-01-31T12:00:0٣Z",
        "2026-01-31T12:00:00.٣Z",
        "2026-01-31T12-00-00Z",
        "1769860800000"
      })
  void refusesEverythingElse(String text) {
    assertThat(Rfc3339.parse(text)).isEmpty();
  }

  @Test
  void neverFailsWhateverIsMissingOrInTheWay() {
    String text = "2026-01-31T12:00:00.123456+01:00";
    for (int at = 0; at < text.length(); at++) {
      for (String other : List.of("", " ", ".", "-", "9", "Z", "é", "00")) {
        String changed = text.substring(0, at) + other + text.substring(at + 1);

        Rfc3339.parse(changed.substring(0, at));
        Rfc3339.parse(changed)
            .ifPresent(time -> assertThat(time).isEqualTo(OffsetDateTime.parse(changed)));
      }
    }
  }

  @Test
  void knowsWhatItCannotWrite() {
    assertThat(Rfc3339.canFormat(OffsetDateTime.parse("9999-12-31T23:59:59Z"))).isTrue();
    assertThat(Rfc3339.canFormat(OffsetDateTime.parse("+10000-01-01T00:00:00Z"))).isFalse();
    assertThat(Rfc3339.canFormat(OffsetDateTime.parse("-0001-01-01T00:00:00Z"))).isFalse();
    assertThat(Rfc3339.canFormat(OffsetDateTime.parse("2026-01-01T00:00:00+00:00:30"))).isFalse();
  }

  @Test
  void saysTheTimeToTheMillisecond() {
    assertThat(Rfc3339.now().getNano() % 1_000_000).isZero();
  }
}
