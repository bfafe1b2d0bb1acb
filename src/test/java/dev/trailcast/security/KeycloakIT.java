package dev.trailcast.security;

import static dev.trailcast.it.Visitor.assertMay;
import static dev.trailcast.it.Visitor.assertUnknown;
import static dev.trailcast.it.Visitor.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Keycloak;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import java.net.http.HttpResponse;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens of a real Keycloak, taken as docs/access.md says: where the build has one. */
@ExtendWith(ArquillianExtension.class)
@EnabledIfSystemProperty(named = "keycloak.home", matches = ".+")
class KeycloakIT {
  private static final String CLIENT = "trailcast";
  private static final String HASTY_CLIENT = "trailcast-hasty";

  private static Keycloak keycloak;

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() throws Exception {
    keycloak = Keycloak.start();
    return TestArchive.with(
        "trailcast.access.publish", "role:support",
        "trailcast.access.subscribe", "authenticated",
        "trailcast.access.administer", "",
        "trailcast.security.issuer", keycloak.issuer(),
        "trailcast.security.keys", keycloak.keys(),
        "trailcast.security.audience", "trailcast",
        "trailcast.security.groups-claim", "realm_access.roles",
        "trailcast.security.clock-skew", "PT1S");
  }

  @AfterAll
  static void stopKeycloak() {
    if (keycloak != null) {
      keycloak.close();
    }
  }

  @Test
  void itsUsersMayDoWhatTheirRealmRolesMay() throws Exception {
    Visitor visitor = Visitor.of(server);
    String[] alice = bearer(keycloak.token(CLIENT, "alice"));

    assertMay(visitor.told(alice), Visitor.RECORDING, Visitor.FOLLOWING);
    assertMay(visitor.told(bearer(keycloak.token(CLIENT, "bob"))), Visitor.FOLLOWING);
    HttpResponse<String> access = visitor.ask(Visitor.PAGE.at("api/access"), "", alice);
    assertThat(Server.json(access).getString("user")).isEqualTo("alice");
  }

  @Test
  void aTokenForAnotherOfItsClientsIsRefused() throws Exception {
    assertUnknown(
        "for another", Visitor.of(server).told(bearer(keycloak.token("another", "alice"))));
  }

  @Test
  void aStreamEndsWithItsTokenAndGoesOnWithTheNext() throws Exception {
    Visitor visitor = Visitor.of(server);
    String type = "keycloak.expiry";

    HttpResponse<String> first = // to its end, which comes by itself
        visitor.ask(
            Visitor.STREAM.at("api/events?type=" + type),
            "",
            bearer(keycloak.token(HASTY_CLIENT, "bob")));
    assertThat(first.body()).contains("event: trailcast.closing", "\"reason\":\"expired\"");
    String lastId =
        first.body().lines().filter(line -> line.startsWith("id: ")).reduce("", (a, b) -> b);
    String[] alice = bearer(keycloak.token(CLIENT, "alice"));
    assertThat(
            visitor
                .ask(Visitor.RECORDING.get(0), "{\"type\":\"" + type + "\"}", alice)
                .statusCode())
        .isEqualTo(201);

    HttpResponse<String> next =
        visitor.ask(
            Visitor.STREAM.at(
                "api/events?type=" + type + "&lastEventId=" + lastId.substring("id: ".length())),
            "",
            bearer(keycloak.token(HASTY_CLIENT, "bob")));
    assertThat(next.body()).contains("\"type\":\"" + type + "\"").doesNotContain("trailcast.gap");
  }

  @Test
  void aNewKeyIsTakenAtOnceAndWhatTheOldOneHasSignedStaysGood() throws Exception {
    Visitor visitor = Visitor.of(server);
    String before = keycloak.token(CLIENT, "alice");
    assertThat(visitor.status(Visitor.PAGE, bearer(before))).isEqualTo(200);

    keycloak.rotateKeys();
    Await.until(
        "Keycloak to sign with it, which has its keys cached",
        () -> !header(keycloak.token(CLIENT, "alice")).equals(header(before)));

    String after = keycloak.token(CLIENT, "alice");
    // for a new key the issuer is asked every five seconds at most
    Await.until("the new key", () -> visitor.status(Visitor.PAGE, bearer(after)) == 200);
    assertThat(visitor.status(Visitor.PAGE, bearer(before))).isEqualTo(200);
  }

  private static String header(String token) {
    return new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]));
  }
}
