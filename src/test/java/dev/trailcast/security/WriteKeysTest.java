package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteKeysTest {
  private static final String KEY = "0123456789abcdef";

  @Test
  void haveNames() {
    WriteKeys keys = new WriteKeys(List.of("web:" + KEY, "shop/app:" + KEY + "+/="));

    assertThat(keys.name(KEY)).contains("web");
    assertThat(keys.name(KEY + "+/=")).contains("shop/app");
    for (String other : List.of("", "web", KEY + "x", KEY.substring(1), KEY.toUpperCase())) {
      assertThat(keys.name(other)).as(other).isEmpty();
    }
    assertThat(keys.names()).isEqualTo(Set.of("web", "shop/app"));
  }

  @Test
  void maySeveralHaveOneName() {
    WriteKeys keys = new WriteKeys(List.of("web:" + KEY, "web:the-next-one-of-it"));

    assertThat(keys.name(KEY)).contains("web");
    assertThat(keys.name("the-next-one-of-it")).contains("web");
  }

  @Test
  void mayBeNone() {
    assertThat(new WriteKeys(List.of()).isEmpty()).isTrue();
    assertThat(new WriteKeys(List.of()).name("")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        KEY,
        ":" + KEY,
        "web:",
        "web:0123456789abcde",
        "web:0123456789abcde:",
        "web:0123456789 abcdef",
        "web:0123456789äbcdef",
        "/web:" + KEY,
        "web/:" + KEY,
        "we b:" + KEY
      })
  void mustBePairsAndAreNotShownWhereTheyAreNot(String pair) {
    assertThatThrownBy(() -> new WriteKeys(List.of(pair)))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("pairs NAME:KEY")
        .hasMessageNotContaining("0123");
  }

  @Test
  void mustNotBeThereTwice() {
    assertThatThrownBy(() -> new WriteKeys(List.of("web:" + KEY, "app:" + KEY)))
        .isInstanceOf(SettingException.class)
        .hasMessageNotContaining(KEY);
  }
}
