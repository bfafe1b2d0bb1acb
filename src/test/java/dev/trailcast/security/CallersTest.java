package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.View;
import dev.trailcast.http.Query;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** Every kind of caller, and what it may: {@code support} records, whoever is logged in follows. */
class CallersTest {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final SecuritySettings SETTINGS =
      new SecuritySettings(
          Access.parse(
              "role:support, user:carol?type=page.*",
              "authenticated",
              "role:trailcast-administrator"),
          TestIssuer.NO_TOKENS,
          "session-token",
          Set.of("audit"));

  private final Tickets tickets = new Tickets();
  private final Callers callers =
      new Callers(SETTINGS, new Grants(SETTINGS), ISSUER.tokens(), tickets);

  /** What a request is told that wants to record, to follow, to administer. */
  private enum Told {
    YES,
    NO,
    WHO_ARE_YOU,
    BAD_TOKEN,
    LATER
  }

  @Test
  void nobodyMayDoNothing() {
    assertTold(TestRequest.NOBODYS, Told.WHO_ARE_YOU, Told.WHO_ARE_YOU, Told.WHO_ARE_YOU);
  }

  @Test
  void whoeverIsLoggedInAtTheServerMayDoWhatItsNameAndRolesMay() {
    assertTold(TestRequest.loggedIn("alice"), Told.NO, Told.YES, Told.NO);
    assertTold(TestRequest.loggedIn("carol"), Told.YES, Told.YES, Told.NO);
    assertTold(TestRequest.loggedIn("alice", "support"), Told.YES, Told.YES, Told.NO);
    assertTold(
        TestRequest.loggedIn("root", "trailcast-administrator"), Told.NO, Told.YES, Told.YES);
  }

  @Test
  void whoeverHasATokenMayDoWhatThatSays() {
    assertTold(bearer(ISSUER.sign(TestIssuer.claims("alice"))), Told.NO, Told.YES, Told.NO);
    assertTold(
        bearer(ISSUER.sign(TestIssuer.claims("alice", "support"))), Told.YES, Told.YES, Told.NO);
    JwtClaims own = TestIssuer.claims("alice", "trailcast-administrator");
    own.setClaim("trailcast", Map.of("publish", List.of("")));
    assertTold(bearer(ISSUER.sign(own)), Told.YES, Told.NO, Told.NO); // exactly that
  }

  @Test
  void aTokenMayComeInTheCookie() {
    String good = ISSUER.sign(TestIssuer.claims("alice", "support"));

    assertTold(TestRequest.withCookie("session-token", good), Told.YES, Told.YES, Told.NO);
    assertTold(
        TestRequest.withCookie("session-token", "garbage"),
        Told.BAD_TOKEN,
        Told.BAD_TOKEN,
        Told.BAD_TOKEN);
    for (TestRequest none :
        List.of(
            TestRequest.withCookie("another", good), TestRequest.withCookie("session-token", ""))) {
      assertTold(none, Told.WHO_ARE_YOU, Told.WHO_ARE_YOU, Told.WHO_ARE_YOU);
    }
  }

  @Test
  void aBadTokenIsNeverNobodysNorTheServersUser() throws Exception {
    for (String bad : ISSUER.badTokens().values()) {
      assertTold(bearer(bad), Told.BAD_TOKEN, Told.BAD_TOKEN, Told.BAD_TOKEN);
    }
    for (String forged : ISSUER.forgedTokens().values()) {
      assertTold(bearer(forged), Told.BAD_TOKEN, Told.BAD_TOKEN, Told.BAD_TOKEN);
      assertTold(
          TestRequest.loggedIn("alice", "support").withAuthorization("bearer " + forged),
          Told.BAD_TOKEN,
          Told.BAD_TOKEN,
          Told.BAD_TOKEN);
    }
    assertTold(TestRequest.authorized("Bearer"), Told.BAD_TOKEN, Told.BAD_TOKEN, Told.BAD_TOKEN);
  }

  @Test
  void otherCredentialsAreTheServersBusiness() {
    String basic = Base64.getEncoder().encodeToString("alice:secret".getBytes());

    assertTold(
        TestRequest.authorized("Basic " + basic),
        Told.WHO_ARE_YOU,
        Told.WHO_ARE_YOU,
        Told.WHO_ARE_YOU);
    assertTold(
        TestRequest.loggedIn("alice").withAuthorization("Basic " + basic),
        Told.NO,
        Told.YES,
        Told.NO);
  }

  @Test
  void aTokenThatTheServerHasTakenItselfCountsFirst() {
    JsonWebToken token = new HostToken("dora", Set.of("support"), null);

    assertTold(
        TestRequest.knownBy(token).withAuthorization("Bearer what-it-takes"),
        Told.YES,
        Told.YES,
        Told.NO);
    Caller caller = callers.of(TestRequest.knownBy(token).toServlet());
    assertThat(caller.name()).isEqualTo("dora");
    assertThat(caller.until().orElseThrow().getEpochSecond()).isEqualTo(4_000_000_000L);

    JsonValue claim =
        Json.createObjectBuilder()
            .add("subscribe", Json.createArrayBuilder().add("type=page.*"))
            .build();
    assertTold(
        TestRequest.knownBy(new HostToken("dora", Set.of("support"), claim)),
        Told.NO,
        Told.YES,
        Told.NO);
    assertTold(
        TestRequest.knownBy(new HostToken("dora", Set.of(), JsonValue.TRUE)),
        Told.BAD_TOKEN,
        Told.BAD_TOKEN,
        Told.BAD_TOKEN);
  }

  @Test
  void aTokenIsTheServersWhereNoneAreConfiguredHere() {
    Callers without = new Callers(SETTINGS, new Grants(SETTINGS), TestIssuer.none(), tickets);
    String token = "Bearer " + ISSUER.sign(TestIssuer.claims("alice"));

    assertThat(
            without.of(TestRequest.loggedIn("alice").withAuthorization(token).toServlet()).name())
        .isEqualTo("alice");
    assertThat(told(without, TestRequest.authorized(token), Right.SUBSCRIBE))
        .isEqualTo(Told.BAD_TOKEN);
  }

  @Test
  void nobodyIsTakenForNobodyWhereTheKeysAreOutOfReach() {
    Tokens unreachable =
        TestIssuer.tokens(
            TestIssuer.settings(TestIssuer.NAME, "https://issuer.example/keys", ""),
            () -> {
              throw new IOException("nobody answers");
            });
    Callers without = new Callers(SETTINGS, new Grants(SETTINGS), unreachable, tickets);

    assertThat(told(without, bearer(ISSUER.sign(TestIssuer.claims("alice"))), Right.SUBSCRIBE))
        .isEqualTo(Told.LATER);
  }

  @Test
  void aTicketIsWhoeverItWasMadeForOnce() {
    Caller alice = callers.of(TestRequest.loggedIn("alice", "support").toServlet());
    String ticket =
        tickets.issue(alice, new Tickets.Errand("/api/events", Query.asked("type=page.*")));
    TestRequest request = TestRequest.asking("type=page.*&ticket=" + ticket);

    assertThat(callers.of(request.toServlet())).isEqualTo(alice);
    assertTold(request, Told.BAD_TOKEN, Told.BAD_TOKEN, Told.BAD_TOKEN);
  }

  @Test
  void theServersUserIsInTheRolesThatMatter() {
    TestRequest request =
        TestRequest.loggedIn("alice", "support", "audit", "unheard-of", "trailcast-administrator");

    assertThat(callers.of(request.toServlet()).roles())
        .isEqualTo(Set.of("support", "audit", "trailcast-administrator"));
  }

  @Test
  void seesWhatItAsksForAsFarAsItMayFollow() {
    Callers bounded = TestCallers.granting("", "authenticated?actor={user}");

    View view =
        bounded.of(TestRequest.loggedIn("alice").toServlet()).view(Query.filterIn("type=page.*"));

    assertThat(view.includes(Activity.of("alice", "page.viewed"))).isTrue();
    assertThat(view.includes(Activity.of("bob", "page.viewed"))).isFalse();
    assertThat(view.includes(Activity.of("alice", "order.placed"))).isFalse();
    assertThat(
            bounded
                .of(TestRequest.NOBODYS.toServlet())
                .view(ActivityFilter.ALL)
                .scope()
                .isNothing())
        .isTrue();
  }

  private static TestRequest bearer(String token) {
    return TestRequest.authorized("Bearer " + token);
  }

  private void assertTold(TestRequest request, Told publish, Told subscribe, Told administer) {
    assertThat(told(callers, request, Right.PUBLISH)).as("publish").isEqualTo(publish);
    assertThat(told(callers, request, Right.SUBSCRIBE)).as("subscribe").isEqualTo(subscribe);
    assertThat(told(callers, request, Right.ADMINISTER)).as("administer").isEqualTo(administer);
  }

  private static Told told(Callers callers, TestRequest request, Right right) {
    try {
      callers.withRight(right, request.toServlet());
      return Told.YES;
    } catch (KeysUnavailableException e) {
      return Told.LATER;
    } catch (WebApplicationException e) {
      Response response = e.getResponse();
      assertThat(response.getMediaType()).hasToString("application/problem+json");
      String challenge = response.getHeaderString("WWW-Authenticate");
      if (response.getStatus() == 403) {
        assertThat(challenge).isNull();
        return Told.NO;
      }
      assertThat(response.getStatus()).isEqualTo(401);
      return challenge.equals("Bearer error=\"invalid_token\"") ? Told.BAD_TOKEN : Told.WHO_ARE_YOU;
    }
  }

  /** A user whom the server knows by a token. */
  private record HostToken(String name, Set<String> groups, JsonValue rights)
      implements JsonWebToken {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public Set<String> getClaimNames() {
      return Set.of();
    }

    @Override
    @SuppressWarnings("unchecked") // as the interface has it
    public <T> T getClaim(String claim) {
      return (T)
          switch (claim) {
            case "groups" -> groups;
            case "exp" -> 4_000_000_000L;
            case "trailcast" -> rights;
            default -> throw new UnsupportedOperationException(claim);
          };
    }
  }
}
