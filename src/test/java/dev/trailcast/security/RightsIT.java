package dev.trailcast.security;

import static dev.trailcast.it.Visitor.ADMINISTERING;
import static dev.trailcast.it.Visitor.FOLLOWING;
import static dev.trailcast.it.Visitor.RECORDING;
import static dev.trailcast.it.Visitor.assertMay;
import static dev.trailcast.it.Visitor.assertUnknown;
import static dev.trailcast.it.Visitor.bearer;
import static dev.trailcast.it.Visitor.writeKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.it.Commands;
import dev.trailcast.it.FormLogIn;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.Shell;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Website;
import jakarta.json.JsonObject;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every door, for every kind of caller, in an application whose users log in by a form of its own:
 * {@code support} may record, {@code shop} may administer, whoever is logged in may follow.
 */
@ExtendWith(ArquillianExtension.class)
class RightsIT {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final String KEY = "a-key-of-web-pages";
  private static final Website KEYS = new Website("application/json", TestIssuer.jwks(ISSUER));

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return FormLogIn.addTo(
        TestArchive.with(
            TestIssuer.takenBy(
                KEYS,
                "trailcast.access.publish",
                "role:support, user:carol?source=/shop*, key:web",
                "trailcast.segment.write-keys",
                "web:" + KEY,
                "trailcast.access.subscribe",
                "authenticated",
                "trailcast.access.administer",
                "role:shop",
                "trailcast.security.clock-skew",
                "PT1S",
                "trailcast.security.cookie",
                "token")));
  }

  @AfterAll
  static void stopKeys() {
    KEYS.close();
  }

  @Test
  void whatTheDocsTellToTypeWithATokenIsAnswered(@TempDir Path directory) throws Exception {
    Shell shell = new Shell(directory);
    shell.standInForCurl(server);
    List<String> commands = Commands.documented(Commands.Kind.WITH_A_TOKEN);
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      assertThat(
              shell.type(
                  "ALICE=%s\n%s".formatted(ISSUER.sign(TestIssuer.claims("alice")), command)))
          .contains("retry:");
    }
  }

  @Test
  void nobodyIsAskedWhoItIs() throws Exception {
    assertUnknown("nobody", nobody().told());

    HttpResponse<String> refusal = server.get("api/activities");
    assertThat(refusal.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Bearer");
    assertThat(refusal.headers().firstValue("Content-Type").orElseThrow())
        .isEqualTo("application/problem+json");
  }

  @Test
  void answersForEveryHostWhereEverybodyHasToLogIn() throws Exception {
    try (Socket socket = new Socket(server.base().getHost(), server.base().getPort())) {
      String request =
          "GET %sapi/stats HTTP/1.1\r\nHost: trail.example\r\nConnection: close\r\n\r\n"
              .formatted(server.base().getPath());
      assertThat(RawHttp.send(socket, request).status()).isEqualTo(401);
    }
  }

  @Test
  void whoeverHasATokenMayDoWhatThatSays() throws Exception {
    String alice = ISSUER.sign(TestIssuer.claims("alice", "support"));

    assertMay(nobody().told(bearer(alice)), RECORDING, FOLLOWING);
    assertMay(nobody().told("Cookie", "token=" + alice), RECORDING, FOLLOWING);
    assertMay(
        nobody().told(bearer(ISSUER.sign(TestIssuer.claims("bob", "shop")))),
        FOLLOWING,
        ADMINISTERING);
  }

  @Test
  void aTokenThatIsNotGoodIsRefusedEverywhere() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>(ISSUER.badTokens());
    bad.putAll(ISSUER.forgedTokens());
    for (Map.Entry<String, String> token : bad.entrySet()) {
      assertUnknown(token.getKey(), nobody().told(bearer(token.getValue())));
      HttpResponse<String> refusal =
          server.get("api/events", "Authorization", "Bearer " + token.getValue());
      assertThat(refusal.headers().allValues("WWW-Authenticate"))
          .as(token.getKey())
          .contains("Bearer error=\"invalid_token\"");
    }
    assertUnknown("a cookie", nobody().told("Cookie", "token=garbage"));
  }

  @Test
  void whoeverHasLoggedInAtTheHostsFormMayDoWhatItsRolesMay() throws Exception {
    assertMay(loggedIn("alice").told(), RECORDING, FOLLOWING);
    assertMay(loggedIn("bob").told(), FOLLOWING, ADMINISTERING);
    JsonObject access = Server.json(loggedIn("alice").ask(Visitor.PAGE.at("api/access"), ""));
    assertThat(access.getString("user")).isEqualTo("alice");
    assertThat(access.getJsonArray("may")).hasToString("[\"publish\",\"subscribe\"]");
  }

  @Test
  void whoSendsAPasswordThatNobodyAskedForIsNobody() throws Exception {
    assertUnknown("a password", nobody().told("Authorization", "Basic eHg6eXk="));
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
  void aTicketIsGoodOnceForTheStreamItIsFor() throws Exception {
    String[] alice = bearer(ISSUER.sign(TestIssuer.claims("alice", "support")));
    String stream = "api/events?type=page.*";
    Visitor nobody = nobody();

    String ticket = nobody.ticket("api/events/tickets?type=page.*", alice);
    assertThat(nobody.status(Visitor.STREAM.at(stream + "&ticket=" + ticket))).isEqualTo(200);
    assertThat(nobody.status(Visitor.STREAM.at(stream + "&ticket=" + ticket))).isEqualTo(401);

    String forAnother = nobody.ticket("api/events/tickets?type=page.*", alice);
    assertThat(nobody.status(Visitor.STREAM.at("api/events?ticket=" + forAnother))).isEqualTo(401);
    String forTheStream = nobody.ticket("api/events/tickets", alice);
    assertThat(nobody.status(Visitor.PAGE.at("api/activities?ticket=" + forTheStream)))
        .isEqualTo(401);
    assertThat(server.post("api/events/tickets", "text/plain", "").statusCode()).isEqualTo(401);
  }

  @Test
  void whatIsRecordedAndSeenIsBoundedByTheGrant() throws Exception {
    String type = "bounded." + UUID.randomUUID();
    String[] carol = bearer(ISSUER.sign(TestIssuer.claims("carol")));
    String inTheShop = "{\"type\":\"" + type + ".shop\",\"source\":\"/shop/1\",\"id\":\"1\"}";
    String elsewhere = "{\"type\":\"" + type + ".office\",\"source\":\"/office\",\"id\":\"2\"}";

    assertThat(post(inTheShop, carol).statusCode()).isEqualTo(201);
    assertThat(post(elsewhere, carol).statusCode()).isEqualTo(403);
    HttpResponse<String> many = post("[" + inTheShop + "," + elsewhere + "]", carol);
    assertThat(many.body()).contains("\"duplicates\":1", "\"rejected\":1", "\"index\":1");
    String[] support = bearer(ISSUER.sign(TestIssuer.claims("alice", "support")));
    assertThat(post(elsewhere, support).statusCode()).isEqualTo(201);

    JwtClaims shopOnly = TestIssuer.claims("dora");
    shopOnly.setClaim("trailcast", Map.of("subscribe", List.of("source=/shop*")));
    String page = "api/activities?after=earliest&type=" + type + "*";
    assertThat(server.get(page, bearer(ISSUER.sign(shopOnly))).body())
        .contains(type + ".shop")
        .doesNotContain(type + ".office");
    assertThat(server.get(page, support).body()).contains(type + ".shop", type + ".office");
  }

  @Test
  void aStreamEndsWithItsToken() throws Exception {
    JwtClaims soonOver = TestIssuer.claims("alice");
    soonOver.setExpirationTime(TestIssuer.in(Duration.ofSeconds(5)));
    HttpResponse<String> stream = // to its end, which comes by itself
        nobody().ask(Visitor.STREAM, "", bearer(ISSUER.sign(soonOver)));

    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.body()).contains("event: trailcast.closing", "\"reason\":\"expired\"");
  }

  @Test
  void whatHasAnAudienceIsSeenByThoseItIsFor() throws Exception {
    String type = "private." + UUID.randomUUID();
    post(
        "{\"type\":\"" + type + "\",\"audience\":\"carol role:support\"}",
        bearer(ISSUER.sign(TestIssuer.claims("sender", "support"))));
    String page = "api/activities?after=earliest&type=" + type;

    assertThat(server.get(page, bearer(ISSUER.sign(TestIssuer.claims("carol")))).body())
        .contains(type);
    assertThat(server.get(page, bearer(ISSUER.sign(TestIssuer.claims("a", "support")))).body())
        .contains(type);
    assertThat(server.get(page, bearer(ISSUER.sign(TestIssuer.claims("support")))).body())
        .doesNotContain(type);
    assertThat(loggedIn("alice").ask(Visitor.PAGE.at(page), "").body()).contains(type); // support
    assertThat(loggedIn("bob").ask(Visitor.PAGE.at(page), "").body()).doesNotContain(type);
  }

  @Test
  void aNotificationReachesThoseItIsToOnceHoweverOftenItIsSent() throws Exception {
    String source = "/" + UUID.randomUUID();
    Visitor.Door door = new Visitor.Door("POST", "api/notifications", "application/json");
    String notification =
        "{\"to\":[\"carol\",\"role:support\"],\"message\":\"Tea!\",\"id\":\"1\",\"source\":\"%s\"}"
            .formatted(source);
    String[] sender = bearer(ISSUER.sign(TestIssuer.claims("sender", "support")));

    assertThat(nobody().ask(door, notification, sender).statusCode()).isEqualTo(201);
    assertThat(nobody().ask(door, notification, sender).statusCode()).isEqualTo(200);
    HttpResponse<String> other = nobody().ask(door, notification.replace("Tea", "Cake"), sender);
    assertThat(other.statusCode()).as(other.body()).isEqualTo(409);
    HttpResponse<String> toNobody = nobody().ask(door, "{\"to\":[],\"message\":\"Tea!\"}", sender);
    assertThat(toNobody.statusCode()).isEqualTo(400);
    assertThat(toNobody.body()).contains("\"attribute\":\"to\"");

    String page = "api/activities?after=earliest&source=" + source;
    assertThat(server.get(page, bearer(ISSUER.sign(TestIssuer.claims("carol")))).body())
        .containsOnlyOnce("\"type\":\"notification.sent\"")
        .contains("\"actor\":\"sender\"", "\"data\":{\"message\":\"Tea!\"}");
    assertThat(server.get(page, bearer(ISSUER.sign(TestIssuer.claims("dave")))).body())
        .doesNotContain("notification.sent");
  }

  private Visitor nobody() {
    return Visitor.of(server);
  }

  private Visitor loggedIn(String user) throws Exception {
    return Visitor.loggedIn(server, user);
  }

  private HttpResponse<String> post(String json, String... headers) throws Exception {
    return nobody().ask(Visitor.RECORDING.get(0), json, headers);
  }
}
