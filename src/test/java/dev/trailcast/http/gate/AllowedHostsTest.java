package dev.trailcast.http.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
  @ParameterizedTest
  @CsvSource({
    "trail.example, trail.example",
    "trail.example, TRAIL.example:9080",
    "*.example, trail.example",
    "*.example, a.b.example",
    "127.0.0.0/8, 127.1.2.3:80",
    "0.0.0.0/0, 192.0.2.7",
    "192.0.2.7, 192.0.2.7",
    "10.0.0.0/9, 10.127.255.255",
    "[::1], [::1]:9080",
    "[::1], '[0:0:0:0:0:0:0:1]'",
    "[fd00::]/8, [fdff::1]",
  })
  void areAnswered(String allowed, String host) {
    assertThat(isAllowed(allowed, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "trail.example, other.example",
    "trail.example, trail.example.other.example",
    "trail.example, a.trail.example",
    "*.example, example",
    "*.example, notexample",
    "127.0.0.0/8, 128.0.0.1",
    "127.0.0.0/8, 127.0.0.1.other.example",
    "127.0.0.0/8, [::1]",
    "10.0.0.0/9, 10.128.0.0",
    "[::1], [::2]",
    "localhost, 127.0.0.1",
  })
  void areNotTakenForOthers(String allowed, String host) {
    assertThat(isAllowed(allowed, host)).isFalse();
  }

  @Test
  void mayBeSeveral() {
    AllowedHosts hosts = new AllowedHosts(List.of("localhost", "trail.example"), true);
    assertThat(hosts.refusal(new Exchange("GET http://trail.example/").request())).isEmpty();
  }

  @Test
  void doNotMatterWhereEverybodyHasToLogIn() {
    AllowedHosts hosts = new AllowedHosts(List.of("localhost"), false);
    assertThat(hosts.refusal(new Exchange("GET http://trail.example/").request())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "a b",
        "http://a",
        "a:80",
        "a/8",
        "127.0.0.1/33",
        "127.0.0.1/x",
        "[::1",
        "*a"
      })
  void areRefusedWhereTheyAreNone(String host) {
    List<String> hosts = List.of(host);
    assertThatThrownBy(() -> new AllowedHosts(hosts, true))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith("hosts must be hosts, such as trail.example.com")
        .hasMessageEndingWith("not " + host);
  }

  private static boolean isAllowed(String allowed, String host) {
    return new AllowedHosts(List.of(allowed), true)
        .refusal(new Exchange("GET http://" + host + "/").request())
        .isEmpty();
  }
}
