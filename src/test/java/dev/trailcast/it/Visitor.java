package dev.trailcast.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Somebody who tries every door of an application: with a browser's cookies, and the headers that
 * each request is given.
 */
public record Visitor(Server server, HttpClient client) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A door: a method, a path, and what is accepted or sent. */
  public record Door(String method, String path, String mediaType) {
    /** The same at another path. */
    public Door at(String other) {
      return new Door(method, other, mediaType);
    }
  }

  /** What is needed for these is the right to publish. */
  public static final List<Door> RECORDING =
      List.of(
          new Door("POST", "api/activities", "application/json"),
          new Door("POST", "api/activities", "application/x-ndjson"),
          new Door("POST", "api/activities", "application/cloudevents+json"),
          new Door("POST", "api/activities", "application/cloudevents-batch+json"),
          new Door("POST", "api/notifications", "application/json"));

  private static final String ACTIVITY = "{\"type\":\"page.viewed\"}";
  private static final String EVENT =
      "{\"specversion\":\"1.0\",\"id\":\"@\",\"source\":\"/\",\"type\":\"page.viewed\"}";

  /** One of {@link #FOLLOWING}. */
  public static final Door STREAM = new Door("GET", "api/events", "text/event-stream");

  /** One of {@link #FOLLOWING}. */
  public static final Door PAGE = new Door("GET", "api/activities", "application/json");

  /** What is needed for these is the right to subscribe. */
  public static final List<Door> FOLLOWING =
      List.of(
          STREAM,
          new Door("HEAD", "api/events", "text/event-stream"),
          new Door("GET", "api/events", "application/x-ndjson"),
          new Door("HEAD", "api/events", "application/x-ndjson"),
          new Door("POST", "api/events/tickets", "text/plain"),
          PAGE,
          PAGE.at("api/activities?after=earliest&wait=PT0.1S"),
          new Door("GET", "api/position", "application/json"),
          new Door("HEAD", "api/position", "application/json"),
          new Door("GET", "api/stats", "application/json"),
          new Door("HEAD", "api/stats", "application/json"),
          new Door("GET", "api/stats", "text/event-stream"),
          new Door("HEAD", "api/stats", "text/event-stream"));

  /** One of {@link #ADMINISTERING}: no reader has this id, so whoever is let in is told 404. */
  private static final Door END = new Door("DELETE", "api/readers/nobody", "application/json");

  /** What is needed for these is the right to administer. */
  public static final List<Door> ADMINISTERING =
      List.of(
          new Door("GET", "api/readers", "application/json"),
          END,
          new Door("DELETE", "api/activities?actor=nobody", "application/json"));

  private static final List<Door> ALL =
      Stream.of(RECORDING, FOLLOWING, ADMINISTERING).flatMap(List::stream).toList();

  /** What is needed for these is a write key, and nothing else counts. */
  public static final List<Door> KEYED =
      List.of(
          new Door("POST", "api/v1/batch", "application/json"),
          new Door("POST", "api/v1/import/", "application/json"),
          new Door("POST", "api/v1/track", "application/json"),
          new Door("POST", "api/v1/t", "text/plain"));

  /** Somebody without a cookie. */
  public static Visitor of(Server server) {
    return new Visitor(
        server, HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
  }

  /** Somebody who has logged in by the {@link FormLogIn form}. */
  public static Visitor loggedIn(Server server, String user) throws Exception {
    return new Visitor(server, FormLogIn.as(user, server));
  }

  /**
   * What every door says, but for those with keys; one that is a stream is left as soon as it has
   * been entered.
   */
  public Map<String, Integer> told(String... headers) throws Exception {
    return told(ALL, headers);
  }

  /** What each of these doors says. */
  public Map<String, Integer> told(List<Door> doors, String... headers) throws Exception {
    Map<String, Integer> told = new LinkedHashMap<>();
    for (Door door : doors) {
      told.put(door.toString(), status(door, headers));
    }
    return told;
  }

  /** What one door says. */
  public int status(Door door, String... headers) throws Exception {
    HttpResponse<InputStream> response =
        client.send(request(door, body(door), headers), BodyHandlers.ofInputStream());
    response.body().close();
    return response.statusCode();
  }

  /** What is recorded there; nothing at doors of others. */
  private static String body(Door door) {
    if (KEYED.contains(door)) {
      return "{\"type\":\"page\"}";
    }
    if (door.path().startsWith("api/notifications")) {
      return "{\"to\":\"alice\",\"message\":\"Tea!\"}";
    }
    return switch (isPost(door) ? door.mediaType() : "") {
      case "application/json", "application/x-ndjson" -> ACTIVITY;
      case "application/cloudevents+json" -> event();
      case "application/cloudevents-batch+json" -> "[" + event() + "]";
      default -> "";
    };
  }

  /** With an id that nobody else has taken, who would be another actor. */
  private static String event() {
    return EVENT.replace("@", UUID.randomUUID().toString());
  }

  /** All that one door answers, to its end. */
  public HttpResponse<String> ask(Door door, String body, String... headers) throws Exception {
    return client.send(request(door, body, headers), BodyHandlers.ofString());
  }

  private HttpRequest request(Door door, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(door.path()))
            .timeout(PATIENCE)
            .method(
                door.method(),
                body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header(isPost(door) ? "Content-Type" : "Accept", door.mediaType());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private static boolean isPost(Door door) {
    return door.method().equals("POST");
  }

  /** A ticket, asked for at a path. */
  public String ticket(String path, String... headers) throws Exception {
    HttpResponse<String> answer = ask(new Door("POST", path, "text/plain"), "", headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(Server.json(answer).getString("expires")).endsWith("Z");
    return Server.json(answer).getString("ticket");
  }

  /** The header that brings a write key, as libraries send it. */
  public static String[] writeKey(String key) {
    byte[] credentials = (key + ":").getBytes(StandardCharsets.UTF_8);
    return new String[] {
      "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials)
    };
  }

  /** The header that brings a token. */
  public static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  /** What every door has {@link #told} is that one may do these things, and nothing else. */
  @SafeVarargs
  public static void assertMay(Map<String, Integer> told, List<Door>... these) {
    List<Door> may = new ArrayList<>();
    for (List<Door> doors : these) {
      may.addAll(doors);
    }
    for (Door door : ALL) {
      assertThat(told.get(door.toString()))
          .as(door.toString())
          .isIn(may.contains(door) ? letIn(door) : List.of(403));
    }
  }

  private static List<Integer> letIn(Door door) {
    return door.equals(END) ? List.of(404) : List.of(200, 201);
  }

  /** What every door has {@link #told} is that one is not let in for who one is. */
  public static void assertUnknown(String who, Map<String, Integer> told) {
    assertThat(told).as(who).hasSize(ALL.size()).values().containsOnly(401);
  }
}
