package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Keycloak of a test's own, with the realm that is in {@code keycloak-realm.json}. */
public final class Keycloak implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300; // it builds itself when it is started first
  private static final int PORT = Integer.getInteger("it.http.port") + 5;
  private static final String ADMINISTRATOR = "admin";
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base = URI.create("http://127.0.0.1:" + PORT + "/");
  private final File console;
  private final Process process;

  private Keycloak(Path home) throws Exception {
    Path realms = Files.createDirectories(home.resolve("data/import"));
    try (var realm = Keycloak.class.getResourceAsStream("/keycloak-realm.json")) {
      Files.write(realms.resolve("trailcast-realm.json"), realm.readAllBytes());
    }
    console = home.resolve("console.log").toFile();
    ProcessBuilder command =
        new ProcessBuilder(
            "bash", // what is unpacked from a zip can't be executed
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--http-host=127.0.0.1",
            "--http-port=" + PORT,
            "--http-management-port=" + (PORT + 1),
            "--import-realm");
    command
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS_KC_HEAP",
                "-Xms64m -Xmx512m",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMINISTRATOR,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                ADMINISTRATOR));
    process = command.redirectErrorStream(true).redirectOutput(console).start();
  }

  /** Starts the one that the build has unpacked, and waits until it is ready. */
  public static Keycloak start() throws Exception {
    Keycloak keycloak = new Keycloak(Path.of(System.getProperty("keycloak.home")));
    keycloak.awaitReady();
    return keycloak;
  }

  private void awaitReady() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(issuer() + "/.well-known/openid-configuration")).build();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        if (CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // it does not listen yet
      }
      process.waitFor(200, TimeUnit.MILLISECONDS);
    }
    throw new AssertionError("not ready, but:\n" + Files.readString(console.toPath()));
  }

  /** As its tokens name it. */
  public String issuer() {
    return base + "realms/trailcast";
  }

  /** Where its public keys are. */
  public String keys() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  /**
   * Logs a user in and returns its token.
   *
   * @param client {@code trailcast}, or {@code trailcast-hasty}, whose tokens last for 10 s
   */
  public String token(String client, String user) throws Exception {
    return token("trailcast", client, user, "secret");
  }

  private String token(String realm, String client, String user, String password) throws Exception {
    String form =
        Map.of(
                "client_id", client,
                "grant_type", "password",
                "username", user,
                "password", password)
            .entrySet()
            .stream()
            .map(
                each ->
                    each.getKey()
                        + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(
                    base.resolve("realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Server.json(answer).getString("access_token");
  }

  /** Has it sign with a new key from now on. */
  public void rotateKeys() throws Exception {
    JsonObject provider =
        Json.createObjectBuilder()
            .add("name", "rotated")
            .add("providerId", "rsa-generated")
            .add("providerType", "org.keycloak.keys.KeyProvider")
            .add(
                "config",
                Json.createObjectBuilder()
                    .add("priority", Json.createArrayBuilder().add("200"))
                    .add("algorithm", Json.createArrayBuilder().add("RS256")))
            .build();
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(base.resolve("admin/realms/trailcast/components"))
                .header("Content-Type", "application/json")
                .header(
                    "Authorization",
                    "Bearer " + token("master", "admin-cli", ADMINISTRATOR, ADMINISTRATOR))
                .POST(BodyPublishers.ofString(provider.toString()))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  @Override
  public void close() {
    Processes.kill(process.descendants().toList());
    Processes.kill(process);
  }
}
