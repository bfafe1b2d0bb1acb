package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataContentTest {
  @ParameterizedTest
  @CsvSource({
    "application/json, JSON",
    "Application/JSON; charset=utf-16, JSON",
    "text/json, JSON",
    "application/vnd.example+json;v=1, JSON",
    "text/plain, TEXT",
    "text/plain; charset=us-ascii, TEXT",
    "text/csv;header=present;Charset=\"UTF-8\", TEXT",
    "text/plain; charset=iso-8859-1, BINARY",
    "application/xml, TEXT",
    "application/xml; charset=utf-8, TEXT",
    "application/xml; charset=utf-16, BINARY",
    "image/svg+xml, TEXT",
    "application/x-www-form-urlencoded, TEXT",
    "application/x-ndjson, BINARY",
    "application/x-ndjson; charset=utf-8, TEXT",
    "application/octet-stream, BINARY",
    "image/png, BINARY",
    "json, BINARY",
    "'', BINARY",
  })
  void goesByTheMediaType(String mediaType, DataContent content) {
    assertThat(DataContent.of(mediaType)).isEqualTo(content);
  }

  @Test
  void takesWhatNobodySaysAnythingOfForBytes() {
    assertThat(DataContent.of(null)).isEqualTo(DataContent.BINARY);
  }
}
