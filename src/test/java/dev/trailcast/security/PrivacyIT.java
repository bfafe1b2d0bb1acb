package dev.trailcast.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.it.FormLogIn;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Visitor.Door;
import dev.trailcast.it.Website;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who must not see an activity tries every way in, where anyone may follow and whoever is logged in
 * may record. Those whom it is for are told by each of these ways, so each could betray it.
 */
@ExtendWith(ArquillianExtension.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PrivacyIT {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final Website KEYS = new Website("application/json", TestIssuer.jwks(ISSUER));
  private static final ExecutorService FOLLOWING = Executors.newCachedThreadPool();

  private static final String SSE = "text/event-stream";
  private static final String LINES = "application/x-ndjson";
  private static final String JSON = "application/json";
  private static final String SUPPORT = "role:support";
  private static final String ADMINISTRATORS = "role:trailcast.administrators";
  private static final List<String> AUDIENCES = List.of("alice", SUPPORT, ADMINISTRATORS);

  /** So far no other node may have come before this one hears of it. */
  private static final long UNHEARD_OF = 2_000_000;

  private static final Pattern ID = Pattern.compile("^id: ?(\\S+)$", Pattern.MULTILINE);

  @ArquillianResource private Server server;

  private Visitor somebody;

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return FormLogIn.addTo(
        TestArchive.with(
            TestIssuer.takenBy(
                KEYS,
                "trailcast.access.publish",
                "authenticated",
                "trailcast.access.subscribe",
                "anyone",
                "trailcast.access.administer",
                "role:ops",
                "trailcast.security.roles",
                "support")));
  }

  @BeforeEach
  void come() {
    somebody = Visitor.of(server);
  }

  @AfterAll
  static void stop() {
    FOLLOWING.shutdownNow();
    KEYS.close();
  }

  /**
   * A way to what was recorded.
   *
   * @param path where braces stand for the {@link Scene}
   * @param live whether it is taken before anything private is recorded
   */
  private record Way(String name, String path, String accept, boolean live, String... headers) {
    /** As it is now. */
    Way(String name, String path, String accept) {
      this(name, path, accept, false);
    }

    static Way live(String name, String path, String accept, String... headers) {
      return new Way(name, path, accept, true, headers);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Each ends, or has something that everybody may see behind what is private. */
  static Stream<Way> ways() {
    List<Way> ways = new ArrayList<>();
    ways.add(Way.live("live stream", "events", SSE));
    ways.add(Way.live("live stream, packed", "events", SSE, "Accept-Encoding", "gzip"));
    ways.add(Way.live("live stream, slowed", "events?rate=1&heartbeat=event", SSE));
    ways.add(Way.live("live stream, by names", "events?named=true&{type}", SSE));
    ways.add(Way.live("live lines", "events", LINES));
    ways.add(Way.live("long poll", "activities?last=0&wait=PT60S", JSON));
    ways.add(Way.live("long poll, filtered", "activities?last=0&wait=PT60S&{actor}", JSON));
    ways.add(Way.live("figures that go on", "stats?{type}", SSE));
    for (String format : List.of(SSE, LINES)) {
      ways.add(new Way("everything, " + format, "events?lastEventId=earliest", format));
      ways.add(new Way("replay, " + format, "events?lastEventId={first}", format));
      ways.add(new Way("since, " + format, "events?since=10m", format));
      ways.add(new Way("last, " + format, "events?last=1000", format));
      ways.add(new Way("latest of actors, " + format, "events?latest=actor", format));
      ways.add(new Way("latest of subjects, " + format, "events?latest=subject", format));
    }
    ways.add(new Way("replay, packed", "events?last=1000", SSE, false, "Accept-Encoding", "gzip"));
    ways.add(new Way("replay, slowed", "events?lastEventId={first}&rate=1", SSE));
    ways.add(new Way("newest page", "activities?limit=1000", JSON));
    ways.add(new Way("page backwards", "activities?limit=1000&before={end}", JSON));
    ways.add(new Way("first page", "activities?limit=1000&after=earliest", JSON));
    ways.add(new Way("page forwards", "activities?after={first}", JSON));
    ways.add(new Way("page since", "activities?limit=1000&since=10m", JSON));
    ways.add(new Way("page of the last", "activities?limit=1000&last=1000", JSON));
    for (String attribute : List.of("type", "actor", "subject", "source")) {
      String filter = "{" + attribute + "}";
      ways.add(new Way("stream by " + attribute, "events?last=100&" + filter, SSE));
      ways.add(new Way("page by " + attribute, "activities?" + filter, JSON));
      ways.add(new Way("forwards by " + attribute, "activities?last=100&" + filter, JSON));
      ways.add(new Way("figures by " + attribute, "stats?" + filter, JSON));
    }
    return ways.stream();
  }

  /**
   * Somebody who asks.
   *
   * @param audiences of whom it is
   */
  private record Asker(String name, Visitor visitor, List<String> audiences, String... headers) {
    boolean sees(String audience) {
      return audiences.contains(audience);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private List<Asker> askers() throws Exception {
    JwtClaims entitled = TestIssuer.claims("mallory");
    entitled.setClaim("trailcast", Map.of("subscribe", List.of(""), "publish", List.of("")));
    return List.of(
        nobody(),
        withToken(TestIssuer.claims("mallory", "shop")),
        withToken(
            TestIssuer.claims(
                "mallory", "alice", "user:alice", SUPPORT, "trailcast.administrators")),
        withToken(TestIssuer.claims(SUPPORT)),
        withToken(TestIssuer.claims("Alice")),
        withToken(entitled),
        new Asker("bob by the form", Visitor.loggedIn(server, "bob"), List.of()),
        withToken(TestIssuer.claims("alice"), "alice"),
        withToken(TestIssuer.claims("carol", "support"), SUPPORT),
        ada(),
        new Asker(
            "alice by the form", Visitor.loggedIn(server, "alice"), List.of("alice", SUPPORT)));
  }

  private Asker withToken(JwtClaims claims, String... audiences) {
    String name = String.valueOf(claims.getClaimsMap());
    return new Asker(name, somebody, List.of(audiences), Visitor.bearer(ISSUER.sign(claims)));
  }

  private Asker nobody() {
    return new Asker("nobody", somebody, List.of());
  }

  private Asker mallory() {
    return withToken(TestIssuer.claims("mallory", "shop"));
  }

  private Asker alice() {
    return withToken(TestIssuer.claims("alice"), "alice");
  }

  /** May administer. */
  private Asker ada() {
    return withToken(TestIssuer.claims("ada", "ops"), ADMINISTRATORS);
  }

  /** What is recorded for one test: something for each audience, and something open around it. */
  private final class Scene {
    private static final String OPEN = "";

    /** Words that stand in all that an activity says, and nowhere else, by its audience. */
    final Map<String, String> words = new LinkedHashMap<>();

    private final String end = word();
    private final List<String> privatePositions = new ArrayList<>();
    private final String firstWord = word();
    private final String firstPosition;
    private String endPosition;

    Scene() throws Exception {
      AUDIENCES.forEach(audience -> words.put(audience, word()));
      words.put(OPEN, word());
      firstPosition = record(firstWord, OPEN);
    }

    private static String word() {
      return "w" + UUID.randomUUID().toString().replace("-", "");
    }

    String open() {
      return words.get(OPEN);
    }

    void recordPrivately() throws Exception {
      for (String audience : AUDIENCES) {
        privatePositions.add(record(words.get(audience), audience));
      }
    }

    void recordOpenly() throws Exception {
      record(open(), OPEN);
      endPosition = record(end, OPEN);
    }

    /** Braces replaced by what they stand for. */
    String at(String path) {
      String filled = path.replace("{first}", firstPosition);
      if (endPosition != null) {
        filled = filled.replace("{end}", endPosition);
      }
      filled = filled.replace("{source}", query("source", word -> "/" + word + "*"));
      for (String attribute : List.of("type", "actor", "subject")) {
        filled = filled.replace("{" + attribute + "}", query(attribute, word -> word));
      }
      return "api/" + filled;
    }

    private String query(String attribute, UnaryOperator<String> value) {
      return words.values().stream()
          .map(word -> attribute + "=" + encode(value.apply(word)))
          .collect(Collectors.joining("&"));
    }

    /** What an answer has of this that it must not have for somebody. */
    List<String> betrayed(String answer, Asker asker) {
      List<String> betrayed = new ArrayList<>();
      for (int i = 0; i < AUDIENCES.size(); i++) {
        if (!asker.sees(AUDIENCES.get(i))) {
          Pattern position = Pattern.compile("\\b" + privatePositions.get(i) + "\\b");
          if (answer.contains(words.get(AUDIENCES.get(i))) || position.matcher(answer).find()) {
            betrayed.add(AUDIENCES.get(i));
          }
        }
      }
      return betrayed;
    }
  }

  private static String json(String word, String audience) {
    return """
        {"type":"%1$s","actor":"%1$s","subject":"%1$s","source":"/%1$s","id":"%1$s",\
        "data":{"%1$s":"%1$s"}%2$s}"""
        .formatted(word, audience.isEmpty() ? "" : ",\"audience\":\"" + audience + "\"");
  }

  private String record(String word, String audience) throws Exception {
    HttpResponse<String> answer =
        post(withToken(TestIssuer.claims("sender")), json(word, audience));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Server.json(answer).getString("position");
  }

  private HttpResponse<String> post(Asker asker, String json) throws Exception {
    return asker.visitor().ask(Visitor.RECORDING.get(0), json, asker.headers());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void tellsThoseWhomItIsForAndBetraysNothingToAnybodyElse(Way way) throws Exception {
    Scene scene = new Scene();

    for (Map.Entry<Asker, String> answer : play(scene, way, askers()).entrySet()) {
      Asker asker = answer.getKey();
      String told = answer.getValue();
      assertThat(scene.betrayed(told, asker))
          .as("what %s learns by %s from %s", asker, way, told)
          .isEmpty();
      assertThat(told).doesNotContain("trailcast.conflated");
      if (asker.audiences().isEmpty()) { // and what it waited for was this
        assertThat(told).contains(scene.open());
      } else {
        assertThat(asker.audiences().stream().map(scene.words::get))
            .as("what %s learns by %s from %s", asker, way, told)
            .anyMatch(told::contains);
      }
    }
  }

  /** What each is told by a way, once that has something that is open to everybody. */
  private Map<Asker, String> play(Scene scene, Way way, List<Asker> askers) throws Exception {
    Map<Asker, CompletableFuture<String>> following = new LinkedHashMap<>();
    if (way.live()) {
      Set<String> before = readers();
      for (Asker asker : askers) {
        following.put(asker, follow(scene, way, asker));
      }
      Await.until(
          "all to follow",
          () -> {
            Set<String> now = readers("live", "waiting");
            now.removeAll(before);
            return now.size() == askers.size();
          });
    }
    scene.recordPrivately();
    Way witness = new Way("witness", "activities?after={first}&{type}", JSON);
    Await.until(
        "it to be known to those whom it is for",
        () -> told(scene, witness, alice()).contains(scene.words.get("alice")));
    scene.recordOpenly();
    Map<Asker, String> told = new LinkedHashMap<>();
    for (Asker asker : askers) {
      if (way.live()) {
        told.put(asker, following.get(asker).get(Await.LIMIT_SECONDS, TimeUnit.SECONDS));
      } else {
        Await.until(
            "what is open to be told to " + asker,
            () ->
                told.merge(asker, told(scene, way, asker), (old, now) -> now)
                    .contains(scene.open()));
      }
    }
    return told;
  }

  private CompletableFuture<String> follow(Scene scene, Way way, Asker asker) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return told(scene, way, asker);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        FOLLOWING);
  }

  /** The ids of those that are there, in these states if any are given. */
  private Set<String> readers(String... states) throws Exception {
    return Server.json(get(ada(), "api/readers?limit=1000"))
        .getJsonArray("readers")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(reader -> states.length == 0 || List.of(states).contains(reader.getString("state")))
        .map(reader -> reader.getString("id"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The answer: its headers, and its body to the end, or as far as what is open. */
  private String told(Scene scene, Way way, Asker asker) throws Exception {
    HttpResponse<InputStream> answer =
        open(scene.at(way.path()), way.accept(), asker, way.headers());
    StringBuilder told = new StringBuilder(answer.headers().map().toString()).append('\n');
    try (InputStream body = unpacked(answer)) {
      assertThat(answer.statusCode()).as(way.path()).isEqualTo(200);
      byte[] bytes = new byte[16 * 1024];
      for (int count = body.read(bytes); count >= 0; count = body.read(bytes)) {
        told.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
        if (told.indexOf(scene.open()) >= 0 && !way.accept().equals(JSON)) {
          break;
        }
      }
    }
    return told.toString();
  }

  private static InputStream unpacked(HttpResponse<InputStream> answer) throws IOException {
    boolean packed = answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    return packed ? new GZIPInputStream(answer.body()) : answer.body();
  }

  private HttpResponse<InputStream> open(String path, String accept, Asker asker, String... more)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.base().resolve(path)).header("Accept", accept);
    for (String[] headers : List.of(asker.headers(), more)) {
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
    }
    return asker.visitor().client().send(request.build(), BodyHandlers.ofInputStream());
  }

  private HttpResponse<String> get(Asker asker, String path, String... headers) throws Exception {
    List<String> all = new ArrayList<>(List.of(asker.headers()));
    all.addAll(List.of(headers));
    return asker.visitor().ask(Visitor.PAGE.at(path), "", all.toArray(String[]::new));
  }

  /** Where nothing but what is private has been recorded, nothing is new. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "activities",
        "activities?after={first}",
        "activities?since=10m&limit=1000",
        "activities?last=1",
        "activities?last=0",
        "activities?{type}",
        "activities?after={first}&{actor}",
        "activities?after={first}&wait=PT0.3S",
        "activities?last=0&type=nothing&wait=PT0.3S"
      })
  void aPageAndItsTagStayWhatTheyWere(String path) throws Exception {
    Scene scene = new Scene();
    Asker alice = alice();
    List<Asker> outsiders = List.of(nobody(), mallory());
    Map<Asker, HttpResponse<String>> before = new LinkedHashMap<>();
    for (Asker asker : List.of(alice, outsiders.get(0), outsiders.get(1))) {
      before.put(asker, whenUpToDate(scene, asker, path));
    }

    scene.recordPrivately();
    Await.until(
        "it to be known to those whom it is for",
        () -> !get(alice, scene.at(path)).body().equals(before.get(alice).body()));

    for (Asker outsider : outsiders) {
      HttpResponse<String> after = get(outsider, scene.at(path));
      assertThat(after.body()).as(outsider.name()).isEqualTo(before.get(outsider).body());
      assertThat(tag(after)).isEqualTo(tag(before.get(outsider)));
      assertThat(get(outsider, scene.at(path), "If-None-Match", tag(after)).statusCode())
          .isEqualTo(304);
    }
    assertThat(get(alice, scene.at(path), "If-None-Match", tag(before.get(alice))).statusCode())
        .isEqualTo(200);
  }

  /** Readers follow what is recorded a moment later. */
  private HttpResponse<String> whenUpToDate(Scene scene, Asker asker, String path)
      throws Exception {
    awaitHead(asker, scene.firstPosition);
    return get(asker, scene.at(path));
  }

  private void awaitHead(Asker asker, String position) throws Exception {
    Await.until(
        "what was recorded to be followed",
        () -> Server.json(get(asker, "api/activities?last=0")).getString("next").equals(position));
  }

  private static String tag(HttpResponse<String> page) {
    return page.headers().firstValue("ETag").orElseThrow();
  }

  @Test
  void aStreamBeginsWhereItBeganBefore() throws Exception {
    Scene scene = new Scene();
    awaitHead(mallory(), scene.firstPosition);
    String before = opening(scene, mallory(), "events").id();

    scene.recordPrivately();
    awaitHead(alice(), scene.privatePositions.get(0));

    assertThat(opening(scene, alice(), "events").id()).isNotEqualTo(before);
    assertThat(opening(scene, mallory(), "events").id()).isEqualTo(before);
  }

  /** What a stream says before anything happens: up to where it is live. */
  private record Opening(String text, String id) {}

  private Opening opening(Scene scene, Asker asker, String path) throws Exception {
    StringBuilder text = new StringBuilder();
    try (InputStream body = open(scene.at(path), SSE, asker).body()) {
      byte[] bytes = new byte[1024];
      while (true) {
        int live = text.indexOf("data: {\"live\":true}");
        int end = live < 0 ? -1 : text.indexOf("\n\n", live);
        if (end >= 0) {
          Matcher id = ID.matcher(text.substring(live, end));
          assertThat(id.find()).as(text.toString()).isTrue();
          return new Opening(text.substring(0, end), id.group(1));
        }
        int count = body.read(bytes);
        assertThat(count).as(text.toString()).isPositive();
        text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
      }
    }
  }

  /** One that comes later may be anybody's. */
  @Test
  void aPositionThatMayNotBeSeenIsToldOfAsIfNothingHadItYet() throws Exception {
    Scene scene = new Scene();
    scene.recordPrivately();
    awaitHead(alice(), scene.privatePositions.get(0));
    awaitHead(mallory(), scene.firstPosition);
    String secret = scene.privatePositions.get(0);
    String future = later(secret, 500);

    for (Asker outsider : List.of(nobody(), mallory())) {
      for (String path :
          List.of("activities?before={p}", "activities?after={p}", "activities?after={p}&{type}")) {
        assertThat(page(scene, outsider, path, secret))
            .as(path)
            .isEqualTo(page(scene, outsider, path, future));
      }
      for (String path : List.of("events?lastEventId={p}", "events?since=1h&lastEventId={p}")) {
        assertThat(begun(scene, outsider, path, secret))
            .as(path)
            .isEqualTo(begun(scene, outsider, path, future));
      }
    }
    assertThat(begun(scene, alice(), "events?lastEventId={p}", secret))
        .isNotEqualTo(begun(scene, alice(), "events?lastEventId={p}", later(secret, UNHEARD_OF)));
  }

  private static String later(String position, long by) {
    int dash = position.lastIndexOf('-') + 1;
    return position.substring(0, dash) + (Long.parseLong(position.substring(dash)) + by);
  }

  private String page(Scene scene, Asker asker, String path, String position) throws Exception {
    HttpResponse<String> page = get(asker, scene.at(path.replace("{p}", position)));
    return page.statusCode() + page.body().replace(position, "{p}");
  }

  private String begun(Scene scene, Asker asker, String path, String position) throws Exception {
    String text = opening(scene, asker, path.replace("{p}", position)).text();
    return text.replace(position, "{p}").replaceAll("retry: ?\\d+", "retry");
  }

  /** Whoever may record learns that a key is taken, and nothing of what has it. */
  @Test
  void whoRecordsUnderTheSameKeyIsNotToldWhatHasItOrWhere() throws Exception {
    Scene scene = new Scene();
    scene.recordPrivately();
    String key = scene.words.get("alice");
    String guess = "{\"type\":\"guess\",\"source\":\"/%s\",\"id\":\"%s\"}".formatted(key, key);

    HttpResponse<String> one = post(mallory(), guess);
    HttpResponse<String> many = post(mallory(), "[" + guess + "]");
    String open = scene.firstWord;
    HttpResponse<String> ofAnOpenOne = post(mallory(), guess.replace(key, open));

    assertThat(one.statusCode()).isEqualTo(409);
    assertThat(scene.betrayed(one.body() + one.headers().map(), mallory())).isEmpty();
    assertThat(scene.betrayed(many.body() + many.headers().map(), mallory())).isEmpty();
    assertThat(one.body()).isEqualTo(ofAnOpenOne.body());
  }

  /** Pages tell how much there is: no more than that is counted. */
  @Test
  void figuresCountNothingThatMayNotBeSeen() throws Exception {
    Scene scene = new Scene();
    scene.recordPrivately();
    scene.recordOpenly();

    for (Asker asker : List.of(nobody(), mallory(), alice())) {
      Await.until("all to be counted for " + asker, () -> activities(asker) == seen(asker));
      assertThat(perSecond(asker)).isLessThanOrEqualTo(seen(asker)); // older ones go
    }
    assertThat(seen(alice())).isGreaterThan(seen(mallory()));
  }

  private long seen(Asker asker) throws Exception {
    return Server.json(get(asker, "api/activities?limit=1000")).getJsonArray("activities").size();
  }

  private long activities(Asker asker) throws Exception {
    return figures(asker).getJsonObject("busiest").getInt("activities");
  }

  private long perSecond(Asker asker) throws Exception {
    return figures(asker).getJsonArray("perSecond").getValuesAs(JsonNumber.class).stream()
        .mapToLong(JsonNumber::longValue)
        .sum();
  }

  private JsonObject figures(Asker asker) throws Exception {
    return Server.json(get(asker, "api/stats"));
  }

  /** What is for administrators, or for everybody, while somebody follows by what is private. */
  @Test
  void whatIsNotForFollowingNamesNobodyAndNothing() throws Exception {
    Scene scene = new Scene();
    scene.recordPrivately();
    String word = scene.words.get("alice");
    Door erase = new Door("DELETE", "api/activities?actor=", JSON);
    List<Asker> outsiders = List.of(nobody(), mallory());
    try (InputStream follows = open("api/events?actor=" + word, SSE, alice()).body()) {
      assertThat(follows.read()).isPositive();
      Await.until(
          "an administrator to see that",
          () -> get(ada(), "api/readers?user=alice").body().contains(word));
      for (Asker outsider : outsiders) {
        int refused = outsider.headers().length == 0 ? 401 : 403;
        HttpResponse<String> readers = get(outsider, "api/readers?user=alice");
        assertThat(readers.statusCode()).isEqualTo(refused);
        HttpResponse<String> erasure =
            outsider.visitor().ask(erase.at(erase.path() + word), "", outsider.headers());
        HttpResponse<String> ofNothing =
            outsider.visitor().ask(erase.at(erase.path() + "nothing"), "", outsider.headers());
        assertThat(erasure.statusCode()).isEqualTo(refused);
        assertThat(erasure.body()).isEqualTo(ofNothing.body());
        List<String> told = new ArrayList<>(List.of(readers.body(), erasure.body()));
        for (String path : List.of("api/access", "/metrics", "/health", "/health/ready")) {
          told.add(get(outsider, path).body());
        }
        assertThat(scene.betrayed(get(outsider, "trailcast.html").body(), outsider)).isEmpty();
        assertThat(told)
            .allSatisfy(
                answer -> {
                  assertThat(answer).isNotEmpty().doesNotContain("alice");
                  assertThat(scene.betrayed(answer, outsider)).isEmpty();
                });
      }
    }
  }

  @Test
  void aTicketOfSomebodyElseLeadsNowhereElse() throws Exception {
    Scene scene = new Scene();
    scene.recordPrivately();
    String ticket = alice().visitor().ticket("api/events/tickets", alice().headers());
    String path = "api/events?type=" + scene.words.get("alice") + "&ticket=" + ticket;
    HttpResponse<String> answer = nobody().visitor().ask(Visitor.STREAM.at(path), "");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(scene.betrayed(answer.body() + answer.headers().map(), nobody())).isEmpty();
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
