package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.Scope;
import dev.trailcast.settings.SettingException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  private static final Identity ALICE = identity("alice", "support");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // granted                    nobody  alice   bob
        "anyone                     | true  | true  | true",
        "authenticated              | false | true  | true",
        "user:alice                 | false | true  | false",
        "role:support               | false | true  | false",
        "role:shop, user:bob        | false | false | true",
        "user:b%6Fb                 | false | false | true",
        "''                         | false | false | false"
      })
  void isForWhomItIsGranted(String granted, boolean nobody, boolean alice, boolean bob) {
    Access access = Access.parse(granted, "", "");

    assertThat(access.rights(Identity.NOBODY).reach(Right.PUBLISH).equals(Scope.EVERYTHING))
        .isEqualTo(nobody);
    assertThat(access.rights(ALICE).reach(Right.PUBLISH).equals(Scope.EVERYTHING)).isEqualTo(alice);
    assertThat(access.rights(identity("bob")).reach(Right.PUBLISH).equals(Scope.EVERYTHING))
        .isEqualTo(bob);
    assertThat(access.rights(ALICE).reach(Right.SUBSCRIBE)).isEqualTo(Scope.NOTHING);
    assertThat(access.rights(ALICE).reach(Right.ADMINISTER)).isEqualTo(Scope.NOTHING);
  }

  @Test
  void goesAsFarAsAllGrantsTogether() {
    Scope reach =
        reach("role:support?type=ticket.*&type=order.placed, authenticated?actor={user}", ALICE);

    assertThat(reach.includes(Activity.of("bob", "ticket.opened"))).isTrue();
    assertThat(reach.includes(Activity.of("bob", "order.placed"))).isTrue();
    assertThat(reach.includes(Activity.of("alice", "page.viewed"))).isTrue();
    assertThat(reach.includes(Activity.of("bob", "page.viewed"))).isFalse();
  }

  @Test
  void goesToEverythingWhereOneGrantDoes() {
    assertThat(reach("role:support?type=ticket.*, authenticated", ALICE))
        .isSameAs(Scope.EVERYTHING);
  }

  @Test
  void putsTheUsersNameInAsItIs() {
    Scope starred = reach("authenticated?actor={user}", identity("a*"));
    assertThat(starred.includes(Activity.of("a*", "t"))).isTrue();
    assertThat(starred.includes(Activity.of("alice", "t"))).isFalse();

    Scope escaped = reach("authenticated?actor={user}*", identity("bob\\"));
    assertThat(escaped.includes(Activity.of("bob\\1", "t"))).isTrue();
    assertThat(escaped.includes(Activity.of("bob*", "t"))).isFalse();

    Scope odd = reach("authenticated?subject=users/{user}/*", identity("x&type=*"));
    assertThat(odd.includes(Activity.of("bob", "t", "users/x&type=*/1"))).isTrue();
    assertThat(odd.includes(Activity.of("bob", "t", "users/alice/1"))).isFalse();
  }

  @Test
  void isNobodysWhereItIsBoundedToAUserWhoIsNotThere() {
    assertThat(reach("anyone?actor={user}", Identity.NOBODY)).isEqualTo(Scope.NOTHING);
    assertThat(reach("anyone?actor={user}", ALICE).includes(Activity.of("alice", "t"))).isTrue();
  }

  @Test
  void readsWhatIsPercentEncoded() {
    Scope reach = reach("authenticated?subject=a%2Cb%26c&type=x%20y", ALICE);

    assertThat(reach).isEqualTo(reach("authenticated?type=x+y&subject=a%2Cb%26c", ALICE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "everybody               | is nobody",
        "anyone,                 | is nobody",
        "Anyone                  | is nobody",
        "role:                   | a name must follow the colon",
        "user:%20                | a name must follow the colon",
        "anyone?                 | a filter must follow the question mark",
        "anyone?typ=x            | typ is no parameter here; did you mean type?",
        "anyone?_=1              | _ is no parameter here",
        "anyone?ticket=1         | ticket is no parameter here",
        "anyone?type=x&last=20   | last is no parameter here",
        "anyone?type=            | type must not be empty",
        "anyone?type=%zz         | URLDecoder"
      })
  void refusesWhatIsNotWrittenSo(String granted, String why) {
    assertThatThrownBy(() -> Access.parse("anyone", granted, ""))
        .isInstanceOfSatisfying(
            SettingException.class,
            e -> {
              assertThat(e.component()).isEqualTo("subscribe");
              assertThat(e.value()).isEqualTo(granted);
              assertThat(e.allowed()).contains("role:NAME").contains(why);
            });
  }

  @Test
  void administersEverythingOrNothing() {
    assertThatThrownBy(() -> Access.parse("", "", "role:admin?type=x"))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("no filter is possible");
  }

  @Test
  void isForWhoeverHasAWriteKeyWhereThatIsNamedOrAnyoneIs() {
    Activity page = Activity.of(null, "page.viewed");
    Activity order = Activity.of(null, "order.placed");

    Scope web =
        Access.parse("key:web?type=page.*, authenticated", "", "")
            .rightsOfKey("web")
            .reach(Right.PUBLISH);
    assertThat(web.includes(page)).isTrue();
    assertThat(web.includes(order)).isFalse();
    for (String others :
        List.of("key:app", "authenticated", "user:web", "role:web", "key:web?actor={user}")) {
      assertThat(Access.parse(others, "", "").rightsOfKey("web").reach(Right.PUBLISH))
          .as(others)
          .isEqualTo(Scope.NOTHING);
    }
    Rights anyones = Access.parse("anyone", "anyone", "anyone").rightsOfKey("web");
    assertThat(anyones.reach(Right.PUBLISH)).isEqualTo(Scope.EVERYTHING);
    assertThat(anyones.reach(Right.SUBSCRIBE)).isEqualTo(Scope.NOTHING);
    assertThat(anyones.reach(Right.ADMINISTER)).isEqualTo(Scope.NOTHING);
  }

  @Test
  void isNoUsersWhereItIsAWriteKeys() {
    Access access = Access.parse("key:alice, key:support", "", "");

    assertThat(access.rights(ALICE).reach(Right.PUBLISH)).isEqualTo(Scope.NOTHING);
    assertThat(access.keys()).isEqualTo(Set.of("alice", "support"));
  }

  @Test
  void letsAWriteKeyDoNothingButPublish() {
    assertThatThrownBy(() -> Access.parse("", "key:web", ""))
        .hasMessageContaining("no more than publish");
    assertThatThrownBy(() -> Access.parse("", "", "key:web"))
        .hasMessageContaining("no more than publish");
  }

  @Test
  void saysWhatAnyoneMay() {
    Access access = Access.parse("anyone?type=x, role:a", "authenticated", "anyone");

    assertThat(access.openToAnyone()).containsExactly(Right.PUBLISH, Right.ADMINISTER);
    assertThat(AccessNotice.said(access.openToAnyone()))
        .contains("trailcast.access.publish, trailcast.access.administer");
    assertThat(access.roles()).isEqualTo(Set.of("a"));
  }

  private static Scope reach(String granted, Identity identity) {
    return Access.parse("", granted, "").rights(identity).reach(Right.SUBSCRIBE);
  }

  private static Identity identity(String name, String... roles) {
    return new Identity(name, Set.copyOf(List.of(roles)), Optional.empty(), Optional.empty());
  }
}
