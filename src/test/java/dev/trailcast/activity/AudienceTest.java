package dev.trailcast.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AudienceTest {
  @Test
  void readsUsersAndRoles() {
    Audience audience = Audience.parse("bob role:support  alice role:admin bob");

    assertThat(audience.users()).containsExactly("alice", "bob");
    assertThat(audience.roles()).containsExactly("admin", "support");
    assertThat(audience).hasToString("alice bob role:admin role:support");
    assertThat(Audience.parse(audience.toString())).isEqualTo(audience);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   ", "role:", "alice role:"})
  void isNeverEveryoneByMistake(String text) {
    assertThatThrownBy(() -> Audience.parse(text))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith("audience ");
  }

  @Test
  void namesSomebody() {
    assertThatThrownBy(() -> new Audience(Set.of(), Set.of()))
        .isInstanceOf(InvalidActivityException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "alice bob", "role:admin", "a\nb", "\ud800"})
  void refusesNamesThatWouldBeReadBackAsSomebodyElse(String name) {
    assertThatThrownBy(() -> new Audience(Set.of(name), Set.of("sales")))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith("audience ");
  }

  @Test
  void refusesRolesThatWouldBeReadBackAsMore() {
    assertThatThrownBy(() -> new Audience(Set.of(), Set.of("support admin")))
        .isInstanceOf(InvalidActivityException.class)
        .hasMessageStartingWith("audience ");
  }
}
