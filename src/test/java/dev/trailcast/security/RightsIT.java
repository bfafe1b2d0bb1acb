package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.trailcast.it.FormLogIn;
import dev.trailcast.it.RawHttp;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
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

/**
 * Every door, for every kind of caller, in an application whose users log in by a form of its own:
 * {@code support} may record, whoever is logged in may follow.
 */
@ExtendWith(ArquillianExtension.class)
class RightsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final HttpServer KEYS = publishKeys();

  /** A door: a method, a path, and what is accepted or sent. */
  private record Door(String method, String path, String mediaType) {}

  private static final List<Door> RECORDING =
      List.of(
          new Door("POST", "api/activities", "application/json"),
          new Door("POST", "api/activities", "application/x-ndjson"));

  private static final List<Door> FOLLOWING =
      List.of(
          new Door("GET", "api/events", "text/event-stream"),
          new Door("HEAD", "api/events", "text/event-stream"),
          new Door("GET", "api/events", "application/x-ndjson"),
          new Door("HEAD", "api/events", "application/x-ndjson"),
          new Door("GET", "api/activities", "application/json"),
          new Door("GET", "api/activities?after=earliest&wait=PT0.1S", "application/json"),
          new Door("GET", "api/stats", "application/json"),
          new Door("HEAD", "api/stats", "application/json"),
          new Door("GET", "api/stats", "text/event-stream"),
          new Door("HEAD", "api/stats", "text/event-stream"));

  @ArquillianResource private Server server;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return FormLogIn.addTo(
        TestArchive.with(
            "trailcast.access.publish", "role:support, user:carol?source=/shop*",
            "trailcast.access.subscribe", "authenticated",
            "trailcast.access.administer", "",
            "trailcast.security.issuer", TestIssuer.NAME,
            "trailcast.security.audience", TestIssuer.AUDIENCE,
            "trailcast.security.keys", "http://localhost:" + KEYS.getAddress().getPort() + "/keys",
            "trailcast.security.clock-skew", "PT1S",
            "trailcast.security.cookie", "token"));
  }

  private static HttpServer publishKeys() {
    try {
      HttpServer keys =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
      byte[] jwks = TestIssuer.jwks(ISSUER).getBytes(StandardCharsets.UTF_8);
      keys.createContext(
          "/keys",
          exchange -> {
            exchange.sendResponseHeaders(200, jwks.length);
            exchange.getResponseBody().write(jwks);
            exchange.close();
          });
      keys.start();
      return keys;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterAll
  static void stopKeys() {
    KEYS.stop(0);
  }

  @Test
  void nobodyIsAskedWhoItIs() throws Exception {
    Map<String, Integer> told = told(client);
    assertThat(told).hasSize(RECORDING.size() + FOLLOWING.size()).values().containsOnly(401);

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
    assertMay(true, told(client, bearer(ISSUER.sign(TestIssuer.claims("alice", "support")))));
    assertMay(false, told(client, bearer(ISSUER.sign(TestIssuer.claims("bob", "shop")))));
    assertMay(
        true,
        told(client, "Cookie", "token=" + ISSUER.sign(TestIssuer.claims("alice", "support"))));
  }

  @Test
  void aTokenThatIsNotGoodIsRefusedEverywhere() throws Exception {
    Map<String, String> bad = new LinkedHashMap<>(ISSUER.badTokens());
    bad.putAll(ISSUER.forgedTokens());
    for (Map.Entry<String, String> token : bad.entrySet()) {
      assertThat(told(client, bearer(token.getValue())))
          .as(token.getKey())
          .hasSize(RECORDING.size() + FOLLOWING.size())
          .values()
          .containsOnly(401);
      HttpResponse<String> refusal =
          server.get("api/events", "Authorization", "Bearer " + token.getValue());
      assertThat(refusal.headers().allValues("WWW-Authenticate"))
          .as(token.getKey())
          .contains("Bearer error=\"invalid_token\"");
    }
    assertThat(told(client, "Cookie", "token=garbage")).values().containsOnly(401);
  }

  @Test
  void whoeverHasLoggedInAtTheHostsFormMayDoWhatItsRolesMay() throws Exception {
    assertMay(true, told(FormLogIn.as("alice", server)));
    assertMay(false, told(FormLogIn.as("bob", server)));
    JsonObject access = json(FormLogIn.as("alice", server), "api/access");
    assertThat(access.getString("user")).isEqualTo("alice");
    assertThat(access.getJsonArray("may")).hasToString("[\"publish\",\"subscribe\"]");
  }

  @Test
  void whoSendsAPasswordThatNobodyAskedForIsNobody() throws Exception {
    assertThat(told(client, "Authorization", "Basic eHg6eXk=")).values().containsOnly(401);
  }

  @Test
  void aTicketIsGoodOnceForTheStreamItIsFor() throws Exception {
    String[] alice = bearer(ISSUER.sign(TestIssuer.claims("alice", "support")));
    String stream = "api/events?type=page.*";
    Door door = new Door("GET", stream, "text/event-stream");

    String ticket = ticket("api/events/tickets?type=page.*", alice);
    assertThat(status(client, at(door, stream + "&ticket=" + ticket))).isEqualTo(200);
    assertThat(status(client, at(door, stream + "&ticket=" + ticket))).isEqualTo(401);

    String forAnother = ticket("api/events/tickets?type=page.*", alice);
    assertThat(status(client, at(door, "api/events?ticket=" + forAnother))).isEqualTo(401);
    String forTheStream = ticket("api/events/tickets", alice);
    assertThat(status(client, at(FOLLOWING.get(4), "api/activities?ticket=" + forTheStream)))
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
        client.send(
            request("GET", "api/events", "text/event-stream", "", bearer(ISSUER.sign(soonOver))),
            BodyHandlers.ofString());

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
    assertThat(body(FormLogIn.as("alice", server), page)).contains(type); // support
    assertThat(body(FormLogIn.as("bob", server), page)).doesNotContain(type);
  }

  private String body(HttpClient of, String path) throws Exception {
    return of.send(request("GET", path, "application/json", ""), BodyHandlers.ofString()).body();
  }

  private static Door at(Door door, String path) {
    return new Door(door.method(), path, door.mediaType());
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  private HttpResponse<String> post(String json, String... headers) throws Exception {
    return client.send(
        request("POST", "api/activities", "application/json", json, headers),
        BodyHandlers.ofString());
  }

  private String ticket(String path, String... headers) throws Exception {
    HttpResponse<String> answer =
        client.send(request("POST", path, "text/plain", "", headers), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(Server.json(answer).getString("expires")).endsWith("Z");
    return Server.json(answer).getString("ticket");
  }

  private JsonObject json(HttpClient of, String path) throws Exception {
    return Server.json(
        of.send(request("GET", path, "application/json", ""), BodyHandlers.ofString()));
  }

  /** What every door says; one that is a stream is left as soon as it has been entered. */
  private Map<String, Integer> told(HttpClient of, String... headers) throws Exception {
    Map<String, Integer> told = new LinkedHashMap<>();
    for (List<Door> doors : List.of(RECORDING, FOLLOWING)) {
      for (Door door : doors) {
        told.put(door.toString(), status(of, door, headers));
      }
    }
    return told;
  }

  private static void assertMay(boolean record, Map<String, Integer> told) {
    for (Door door : RECORDING) {
      if (record) {
        assertThat(told.get(door.toString())).as(door.toString()).isIn(200, 201);
      } else {
        assertThat(told.get(door.toString())).as(door.toString()).isEqualTo(403);
      }
    }
    for (Door door : FOLLOWING) {
      assertThat(told.get(door.toString())).as(door.toString()).isEqualTo(200);
    }
  }

  private int status(HttpClient of, Door door, String... headers) throws Exception {
    String body = door.method().equals("POST") ? "{\"type\":\"page.viewed\"}" : "";
    HttpResponse<InputStream> response =
        of.send(
            request(door.method(), door.path(), door.mediaType(), body, headers),
            BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  private HttpRequest request(
      String method, String path, String mediaType, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header(method.equals("POST") ? "Content-Type" : "Accept", mediaType);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }
}
