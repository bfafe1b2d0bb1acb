package dev.trailcast.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import jakarta.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Who did what a bean fires without an actor, in an application whose users log in. It is whom the
 * server knows: Payara knows this user, while Open Liberty, as the tests set it up, lets it pass as
 * nobody.
 */
@ExtendWith(ArquillianExtension.class)
class ActorIT {
  private static final String ISSUER = "https://issuer.example";
  private static final KeyPair KEYS = newKeys();

  /** Whom the server's own registry knows, where it has one. */
  private static final String ALICE =
      Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.UTF_8));

  @ArquillianResource private Server server;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    String key = Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
    return TestArchive.with(
            "mp.jwt.verify.issuer",
            ISSUER,
            "mp.jwt.verify.publickey",
            "-----BEGIN PUBLIC KEY-----\\n" + key + "\\n-----END PUBLIC KEY-----")
        .addClasses(LoggedInApplication.class, LoggedInResource.class);
  }

  @Test
  void isTheUserWhoseRequestIsServed() throws Exception {
    String byToken = fire("by.token", "Authorization", "Bearer " + token("carol"));
    String byPassword = fire("by.password", "Authorization", "Basic " + ALICE);
    assertThat(byToken).isIn("carol", "");
    assertThat(byPassword).isIn("alice", "");
    assertThat(byToken + byPassword).as("which each server knows by a way of its own").isNotEmpty();
    assertThat(fire("by.nobody", "X-Unrelated", "1")).isEmpty();

    Await.until("all to be recorded", () -> told().size() >= 6); // what was fired may be queued
    assertThat(told())
        .containsExactly(
            "by.nobody ",
            "by.nobody.elsewhere ",
            "by.password " + byPassword,
            "by.password.elsewhere ",
            "by.token " + byToken,
            "by.token.elsewhere ");
  }

  private List<String> told() throws Exception {
    return Server.json(server.get("api/activities?after=earliest&limit=1000"))
        .getJsonArray("activities")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(each -> each.getString("type") + " " + each.getString("actor", ""))
        .sorted()
        .toList();
  }

  @Test
  void hasTheRightsThatItsTokenNamesOrIsRefusedWhereTheServerDoesNotKnowIt() throws Exception {
    HttpResponse<String> access =
        server.get("api/access", "Authorization", "Bearer " + token("carol"));
    if (access.statusCode() == 401) {
      assertThat(access.headers().allValues("WWW-Authenticate"))
          .contains("Bearer error=\"invalid_token\"");
    } else {
      assertThat(Server.json(access).getString("user")).isEqualTo("carol");
      assertThat(Server.json(access).getJsonArray("may")).hasToString("[\"subscribe\"]");
    }
  }

  private String fire(String type, String header, String value) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.base().resolve("users/fire-as-user?type=" + type))
            .header(header, value)
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).isIn(200, 204);
    return response.body();
  }

  private static String token(String user) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{\"iss\":\"%s\",\"sub\":\"%s\",\"upn\":\"%s\",\"groups\":[],\"trailcast\":{\"subscribe\":[\"type=by.*\"]},\"jti\":\"1\",\"iat\":%d,\"exp\":%d}"
            .formatted(ISSUER, user, user, now, now + 600);
    String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + base64(claims);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(KEYS.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.UTF_8));
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String base64(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has RSA", e);
    }
  }
}
