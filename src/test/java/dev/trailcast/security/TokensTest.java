package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.Scope;
import dev.trailcast.settings.SettingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
  private static final TestIssuer ISSUER = new TestIssuer("k1");

  private final Tokens tokens = ISSUER.tokens();

  @TempDir Path directory;

  @Test
  void tellWhoTheirBearerIs() throws Exception {
    JwtClaims claims = TestIssuer.claims("alice", "support", "shop");

    Identity identity = tokens.identity(ISSUER.sign(claims));

    assertThat(identity.name()).isEqualTo("alice");
    assertThat(identity.roles()).isEqualTo(Set.of("support", "shop"));
    assertThat(identity.rights()).isEmpty();
    assertThat(identity.until().orElseThrow().getEpochSecond())
        .isEqualTo(claims.getExpirationTime().getValue() + 30); // the clocks may differ so much
  }

  @Test
  void areRefusedWithAReasonWhereTheyAreNotGood() throws Exception {
    for (Map.Entry<String, String> bad : ISSUER.badTokens().entrySet()) {
      Response refusal = refusal(tokens, bad.getValue());

      assertThat(refusal.getStatus()).as(bad.getKey()).isEqualTo(401);
      assertThat(refusal.getHeaderString("WWW-Authenticate"))
          .isEqualTo("Bearer error=\"invalid_token\"");
      assertThat(refusal.getMediaType()).hasToString("application/problem+json");
      assertThat(new String((byte[]) refusal.getEntity(), StandardCharsets.UTF_8))
          .contains(bad.getKey());
    }
  }

  @Test
  void areRefusedWhereNobodyOrSomebodyElseHasSignedThem() throws Exception {
    for (Map.Entry<String, String> forged : ISSUER.forgedTokens().entrySet()) {
      assertThat(refusal(tokens, forged.getValue()).getStatus()).as(forged.getKey()).isEqualTo(401);
    }
  }

  @Test
  void areAllRefusedWhereNoneAreConfigured() throws Exception {
    Response refusal = refusal(TestIssuer.none(), ISSUER.sign(TestIssuer.claims("alice")));

    assertThat(refusal.getStatus()).isEqualTo(401);
    assertThat(new String((byte[]) refusal.getEntity(), StandardCharsets.UTF_8))
        .contains("trailcast.security.keys");
  }

  @Test
  void areNeitherGoodNorBadWhereTheKeysAreOutOfReach() {
    Tokens unreachable =
        TestIssuer.tokens(
            TestIssuer.settings(TestIssuer.NAME, "https://issuer.example/keys", ""),
            () -> {
              throw new IOException("nobody answers");
            });
    String good = ISSUER.sign(TestIssuer.claims("alice"));

    assertThatThrownBy(() -> unreachable.identity(good))
        .isInstanceOf(KeysUnavailableException.class);

    Response response =
        new KeysUnavailableExceptionMapper().toResponse(new KeysUnavailableException());
    assertThat(response.getStatus()).isEqualTo(503);
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("10");
  }

  @Test
  void mayBeForAnybodyWhereNoAudienceIsConfigured() {
    Tokens anybodys =
        TestIssuer.tokens(
            TestIssuer.settings(TestIssuer.NAME, "https://issuer.example/keys", ""),
            () -> TestIssuer.jwks(ISSUER));
    JwtClaims claims = TestIssuer.claims("alice");
    claims.setAudience("another");

    assertThat(anybodys.identity(ISSUER.sign(claims)).name()).isEqualTo("alice");
  }

  @Test
  void nameTheUserByTheFirstClaimThatIsThere() {
    JwtClaims claims = TestIssuer.claims("alice");
    claims.unsetClaim("upn");
    claims.setSubject("0815");
    assertThat(tokens.identity(ISSUER.sign(claims)).name()).isEqualTo("0815");
    claims.setClaim("preferred_username", "alice");
    assertThat(tokens.identity(ISSUER.sign(claims)).name()).isEqualTo("alice");
  }

  @Test
  void mayHaveTheirGroupsInsideOfOtherClaims() {
    TokenSettings usual = TestIssuer.settings(TestIssuer.NAME, "https://issuer.example/keys", "");
    Tokens keycloaks =
        TestIssuer.tokens(
            new TokenSettings(
                usual.issuer(),
                usual.audience(),
                usual.keys(),
                usual.algorithms(),
                usual.clockSkew(),
                usual.nameClaims(),
                "realm_access.roles"),
            () -> TestIssuer.jwks(ISSUER));
    JwtClaims claims = TestIssuer.claims("alice", "another");
    claims.setClaim("realm_access", Map.of("roles", List.of("support")));
    assertThat(keycloaks.identity(ISSUER.sign(claims)).roles()).isEqualTo(Set.of("support"));
    claims.setClaim("realm_access.roles", "shop audit");
    assertThat(keycloaks.identity(ISSUER.sign(claims)).roles()).isEqualTo(Set.of("shop", "audit"));
  }

  @Test
  void giveExactlyTheRightsThatTheirClaimNames() {
    JwtClaims claims = TestIssuer.claims("alice");
    claims.setClaim("trailcast", Map.of("publish", List.of("source=/shop*", "actor={user}")));

    Rights rights = tokens.identity(ISSUER.sign(claims)).rights().orElseThrow();

    Scope publish = rights.reach(Right.PUBLISH);
    assertThat(publish.includes(Activity.of("alice", "t"))).isTrue();
    assertThat(publish.includes(Activity.of("bob", "t").withSource("/shop/1"))).isTrue();
    assertThat(publish.includes(Activity.of("bob", "t"))).isFalse();
    assertThat(rights.reach(Right.SUBSCRIBE)).isEqualTo(Scope.NOTHING);
  }

  @Test
  void areVerifiedByAFileOfKeys() throws IOException {
    Path file = Files.writeString(directory.resolve("keys.pem"), ISSUER.pem());
    TokenSettings settings = TestIssuer.settings(TestIssuer.NAME, file.toString(), "");
    Tokens byFile =
        new Tokens(new SecuritySettings(Access.parse("", "", ""), settings, "", Set.of()));

    assertThat(byFile.identity(ISSUER.sign(TestIssuer.claims("alice"))).name()).isEqualTo("alice");
  }

  @Test
  void areConfiguredWhollyOrNotAtAll() throws IOException {
    String none = Files.writeString(directory.resolve("none.pem"), "no key").toString();
    refuses("issuer", () -> TestIssuer.settings("", "https://issuer.example/keys", ""));
    refuses("keys", () -> TestIssuer.settings(TestIssuer.NAME, "", ""));
    refuses("keys", () -> TestIssuer.settings(TestIssuer.NAME, none, ""));
    refuses("keys", () -> TestIssuer.settings(TestIssuer.NAME, none + "/not/there", ""));
    refuses("algorithms", () -> with(List.of("RS256", "none"), Duration.ZERO));
    refuses("algorithms", () -> with(List.of("HS256"), Duration.ZERO));
    refuses("algorithms", () -> with(List.of(), Duration.ZERO));
    refuses("clockSkew", () -> with(List.of("RS256"), Duration.ofMinutes(6)));
  }

  private static void with(List<String> algorithms, Duration skew) {
    new TokenSettings("", "", "", algorithms, skew, List.of("sub"), "groups");
  }

  private static void refuses(String component, Runnable making) {
    assertThat(catchThrowableOfType(SettingException.class, making::run).component())
        .isEqualTo(component);
  }

  private static Response refusal(Tokens tokens, String token) {
    return catchThrowableOfType(WebApplicationException.class, () -> tokens.identity(token))
        .getResponse();
  }
}
