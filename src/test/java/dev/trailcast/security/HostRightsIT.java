package dev.trailcast.security;

import static dev.trailcast.it.Visitor.ADMINISTERING;
import static dev.trailcast.it.Visitor.FOLLOWING;
import static dev.trailcast.it.Visitor.RECORDING;
import static dev.trailcast.it.Visitor.assertMay;
import static dev.trailcast.it.Visitor.assertUnknown;
import static dev.trailcast.it.Visitor.bearer;
import static dev.trailcast.it.Visitor.writeKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.FormLogIn;
import dev.trailcast.it.HostArchive;
import dev.trailcast.it.Server;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Visitor.Door;
import dev.trailcast.it.Website;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every door, for every kind of caller, in a WAR of somebody else's whose users log in by a form of
 * its own: {@code support} may record, {@code shop} may administer, whoever is logged in may
 * follow.
 */
@ExtendWith(ArquillianExtension.class)
class HostRightsIT {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final String KEY = "a-key-of-web-pages";
  private static final Website KEYS = new Website("application/json", TestIssuer.jwks(ISSUER));
  private static final Door ACCESS = new Door("GET", "api/access", "application/json");
  private static final Door DASHBOARD = new Door("GET", "trailcast.html", "text/html");

  @Deployment(testable = false)
  static WebArchive host() {
    return FormLogIn.addTo(
        HostArchive.named(
            "host.war",
            TestIssuer.takenBy(
                KEYS,
                "trailcast.access.publish",
                "role:support, key:web",
                "trailcast.segment.write-keys",
                "web:" + KEY,
                "trailcast.access.subscribe",
                "authenticated",
                "trailcast.access.administer",
                "role:shop",
                "trailcast.security.cookie",
                "token")));
  }

  @ArquillianResource private Server server;

  @AfterAll
  static void stopKeys() {
    KEYS.close();
  }

  @Test
  void nobodyIsAskedWhoItIsAndMayLookAtThePage() throws Exception {
    Visitor nobody = Visitor.of(server);

    assertUnknown("nobody", nobody.told());
    assertThat(nobody.status(ACCESS)).isEqualTo(200);
    assertThat(nobody.status(DASHBOARD)).isEqualTo(200);
    assertThat(server.get("rest/events").body()).isEqualTo("the host's events");
  }

  @Test
  void whoeverHasLoggedInMayDoWhatItsRolesMay() throws Exception {
    Visitor alice = Visitor.loggedIn(server, "alice");
    Visitor bob = Visitor.loggedIn(server, "bob");

    assertMay(alice.told(), RECORDING, FOLLOWING);
    assertMay(bob.told(), FOLLOWING, ADMINISTERING);
    assertThat(Server.json(alice.ask(ACCESS, "")).getString("user")).isEqualTo("alice");
    assertThat(bob.status(DASHBOARD)).isEqualTo(200);
  }

  @Test
  void whoeverHasATokenMayDoWhatThatSays() throws Exception {
    Visitor visitor = Visitor.of(server);
    String support = ISSUER.sign(TestIssuer.claims("carol", "support"));

    assertMay(visitor.told(bearer(support)), RECORDING, FOLLOWING);
    assertMay(visitor.told("Cookie", "token=" + support), RECORDING, FOLLOWING);
    assertMay(
        visitor.told(bearer(ISSUER.sign(TestIssuer.claims("dave", "shop")))),
        FOLLOWING,
        ADMINISTERING);
  }

  @Test
  void aTokenThatIsNotGoodIsRefusedEverywhereWhoeverHasLoggedIn() throws Exception {
    Visitor nobody = Visitor.of(server);
    Visitor alice = Visitor.loggedIn(server, "alice");
    Map<String, String> bad = new LinkedHashMap<>(ISSUER.badTokens());
    bad.putAll(ISSUER.forgedTokens());

    for (Map.Entry<String, String> token : bad.entrySet()) {
      assertUnknown(token.getKey(), nobody.told(bearer(token.getValue())));
      assertThat(nobody.status(ACCESS, bearer(token.getValue()))).as(token.getKey()).isEqualTo(401);
      assertThat(alice.status(ACCESS, bearer(token.getValue()))).as(token.getKey()).isEqualTo(401);
    }
    assertUnknown("a cookie", nobody.told("Cookie", "token=garbage"));
  }

  @Test
  void whoeverHasAWriteKeyMayRecordWhereThatIsAskedForAndNothingElse() throws Exception {
    Visitor nobody = Visitor.of(server);

    assertThat(nobody.told(Visitor.KEYED, writeKey(KEY))).values().containsOnly(200);
    assertUnknown("a write key", nobody.told(writeKey(KEY)));
    assertThat(nobody.told(Visitor.KEYED)).values().containsOnly(401);
    assertThat(nobody.told(Visitor.KEYED, writeKey("another-key-of-web")))
        .values()
        .containsOnly(401);
    assertThat(Visitor.loggedIn(server, "alice").told(Visitor.KEYED)).values().containsOnly(401);
    assertThat(
            nobody.told(Visitor.KEYED, bearer(ISSUER.sign(TestIssuer.claims("carol", "support")))))
        .values()
        .containsOnly(401);
  }

  @Test
  void aTicketIsGoodOnce() throws Exception {
    Door entered =
        Visitor.STREAM.at(
            "api/events?ticket=" + Visitor.loggedIn(server, "bob").ticket("api/events/tickets"));

    assertThat(Visitor.of(server).status(entered)).isEqualTo(200);
    assertThat(Visitor.of(server).status(entered)).isEqualTo(401);
  }
}
