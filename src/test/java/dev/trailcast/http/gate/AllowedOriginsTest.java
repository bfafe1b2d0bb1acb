package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {
  @ParameterizedTest
  @CsvSource({
    "https://app.example, https://app.example",
    "HTTPS://App.Example:443, https://app.example",
    "http://localhost:3000, http://localhost:3000",
    "http://[::1]:3000, http://[::1]:3000",
    "capacitor://localhost, capacitor://localhost",
  })
  void areComparedAsBrowsersDo(String allowed, String origin) {
    assertThat(new AllowedOrigins(List.of(allowed)).contains(Optional.of(Origin.parse(origin))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "app.example",
        "https://*.example",
        "https://app.example/",
        "https://app.example/path",
        "https://user@app.example",
        "https://app.example:http",
        "//app.example"
      })
  void areRefusedWhereTheyAreNotExact(String origin) {
    List<String> origins = List.of("https://app.example", origin);
    assertThatThrownBy(() -> new AllowedOrigins(origins))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("origins must be exact origins, such as https://app.example.com")
        .hasMessageEndingWith("not " + origin);
  }
}
