package dev.trailcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trailcast.it.Asker;
import dev.trailcast.it.Asker.Told;
import dev.trailcast.it.Description;
import dev.trailcast.it.Operation;
import dev.trailcast.it.Operation.Example;
import dev.trailcast.it.Server;
import dev.trailcast.it.TestArchive;
import dev.trailcast.it.TestJournal;
import dev.trailcast.it.Visitor;
import dev.trailcast.it.Website;
import dev.trailcast.security.TestIssuer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a server says of our addresses is what comes from them, where nobody may do anything without
 * saying who it is.
 */
@ExtendWith(ArquillianExtension.class)
class OpenApiIT {
  private static final TestIssuer ISSUER = new TestIssuer("k1");
  private static final Website KEYS = new Website("application/json", TestIssuer.jwks(ISSUER));
  private static final String KEY = "a-key-of-web-pages";
  private static final String UNKNOWN = "zzzzzzzzzzzz=1"; // near to none
  private static final Pattern KNOWN = Pattern.compile("there are (.+)");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Of these the server does not look at what is in the query. */
  private static final Set<String> WITHOUT_PARAMETERS = Set.of("/api/access", "/api/readers/{id}");

  @ArquillianResource private Server server;

  private final Description openApi = Description.openApi(Description.delivered("openapi.yaml"));

  @Deployment(testable = false)
  static WebArchive trailcast() {
    return TestArchive.with(
        TestIssuer.takenBy(
            KEYS,
            "trailcast.access.publish",
            "role:all, role:shop?source=/shop, key:web",
            "trailcast.access.subscribe",
            "role:all",
            "trailcast.access.administer",
            "role:all",
            "trailcast.segment.write-keys",
            "web:" + KEY,
            "trailcast.http.origins",
            "https://events.example.com",
            "trailcast.backup.directory",
            TestArchive.newJournalDirectory(),
            "trailcast.ingest.rate.activities",
            "20"));
  }

  @AfterAll
  static void closeKeys() {
    KEYS.close();
  }

  private String served() throws Exception {
    HttpResponse<String> answer = new Server(server.base().resolve("/")).get("openapi");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private List<Operation> operations() {
    return Operation.of(openApi).stream().filter(OpenApiIT::isThere).toList();
  }

  /** Of a topic there are no backups here. */
  private static boolean isThere(Operation operation) {
    return TestJournal.current() == TestJournal.EMBEDDED
        || !operation.path().equals("/api/admin/backup");
  }

  private Operation operation(String method, String path) {
    return operations().stream()
        .filter(each -> each.method().equals(method) && each.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  /** What somebody shows who may do everything. */
  private static String[] credentials(Operation operation) {
    return operation.takes("writeKey") ? Visitor.writeKey(KEY) : bearer("ada", "all");
  }

  private static String[] bearer(String user, String... groups) {
    return Visitor.bearer(ISSUER.sign(TestIssuer.claims(user, groups)));
  }

  /** All of it, to its end. */
  private static String text(InputStream body) {
    try {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Told send(Operation operation, Example example, String... headers) throws Exception {
    return new Asker(server).send(operation, example, headers);
  }

  private Told tell(Operation operation, Example example, String... headers) throws Exception {
    return new Asker(server).tell(operation, example, headers);
  }

  @Test
  void isShownByTheServerWithoutAnythingElse() throws Exception {
    JsonNode shown = Description.tree(served());

    assertThat(flat(shown))
        .isEqualTo(flat(Description.tree(Description.delivered("openapi.yaml"))));
  }

  /**
   * All that it says, by where it stands: without what a server knows better, and what Payara adds
   * for itself, a list of paths for each application, and leaves out, empty lists of examples.
   */
  private static Map<String, String> flat(JsonNode node) {
    Map<String, String> flat = new TreeMap<>();
    ((ObjectNode) node).remove(List.of("openapi", "servers", "endpoints"));
    flatten("", node, flat);
    flat.entrySet()
        .removeIf(each -> each.getKey().contains("/example") && each.getValue().equals("[]"));
    return flat;
  }

  private static void flatten(String at, JsonNode node, Map<String, String> flat) {
    if (node.isContainerNode() && !node.isEmpty()) {
      if (node.isArray()) {
        for (int i = 0; i < node.size(); i++) {
          flatten(at + '/' + i, node.get(i), flat);
        }
      } else {
        node.properties().forEach(each -> flatten(at + '/' + each.getKey(), each.getValue(), flat));
      }
    } else {
      flat.put(at, node.toString());
    }
  }

  @Test
  void isThereBelowOurOwnAddressToo() throws Exception {
    for (String name : List.of("openapi.yaml", "asyncapi.yaml")) {
      HttpResponse<String> answer = server.get("trailcast/" + name);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(Description.delivered(name));
    }
  }

  @Test
  void leadsToTheApplication() throws Exception {
    assertThat(addresses("/openapi", served()))
        .isNotEmpty()
        .allSatisfy(each -> assertThat(each.getPath()).isEqualTo(server.base().getPath()));
    assertThat(addresses("trailcast/openapi.yaml", Description.delivered("openapi.yaml")))
        .containsExactly(server.base());
  }

  /** Where a description that is there says that the application is. */
  private List<URI> addresses(String path, String description) {
    List<URI> addresses = new ArrayList<>();
    for (JsonNode each : Description.tree(description).path("servers")) {
      String address = each.get("url").asText();
      addresses.add(
          server.base().resolve(path).resolve(address.endsWith("/") ? address : address + '/'));
    }
    return addresses;
  }

  @Test
  void everyExampleIsAnsweredAsItIsDescribed() throws Exception {
    for (Operation operation : operations()) {
      for (Example example : operation.examples()) {
        for (Optional<String> accepted : operation.accepted(example.name())) {
          List<String> headers = new ArrayList<>(List.of(credentials(operation)));
          accepted.ifPresent(type -> headers.addAll(List.of("Accept", type)));
          Told told = tell(operation, example, headers.toArray(String[]::new));
          String what = "%s %s: %s".formatted(operation.method(), example, told);
          operation
              .statusOf(example.name())
              .ifPresentOrElse(
                  status -> {
                    assertThat(told.status()).as(what).hasToString(status);
                    assertThat(told.mediaType()).as(what).isEqualTo(accepted.orElseThrow());
                    assertSameMembers(operation, example.name(), told);
                  },
                  () -> assertThat(told.status()).as(what).isBetween(200, 299));
        }
      }
    }
  }

  private static void assertSameMembers(Operation operation, String example, Told told) {
    if (told.mediaType().equals("application/json")) {
      JsonNode described =
          operation
              .responses()
              .get(Integer.toString(told.status()))
              .get("content")
              .get(told.mediaType())
              .get("examples")
              .get(example)
              .get("value")
              .node();
      assertThat(names(Description.tree(told.body()))).isEqualTo(names(described));
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void whoeverIsUnknownOrMayNotOrAsksFromElsewhereIsToldSo() throws Exception {
    for (Operation operation : operations()) {
      Example example = operation.examples().get(0);
      String what = operation.method() + ' ' + operation.path();
      boolean isOpen = Set.of("OPTIONS /api/activities", "GET /api/access").contains(what);
      if (!isOpen) {
        assertThat(tell(operation, example).status()).as(what).isEqualTo(401);
      }
      if (!operation.method().equals("OPTIONS")) {
        Told bad = tell(operation, example, "Authorization", "Bearer bad");
        assertThat(bad.status()).as(what).isEqualTo(401);
        assertThat(bad.head().headers().firstValue("WWW-Authenticate")).as(what).isPresent();
      }
      if (!isOpen && operation.takes("token")) {
        assertThat(tell(operation, example, bearer("bob")).status()).as(what).isEqualTo(403);
      }
      Told fromElsewhere = tell(operation, example, "Sec-Fetch-Site", "cross-site");
      assertThat(fromElsewhere.status()).as(what).isEqualTo(403);
    }
  }

  @Test
  void whatIsMalformedIsToldSo() throws Exception {
    for (Operation operation : operations()) {
      Example example = operation.examples().get(0);
      String what = operation.method() + ' ' + operation.path();
      String[] known = credentials(operation);
      Stream<String> badAccept = Stream.concat(Stream.of(known), Stream.of("Accept", "text//html"));
      assertThat(tell(operation, example, badAccept.toArray(String[]::new)).status())
          .as(what)
          .isEqualTo(400);
      String target = example.target().split("\\?")[0] + "?type=" + "a".repeat(14_400);
      assertThat(tell(operation, example.to(target), known).status()).as(what).isEqualTo(414);
      if (operation.responses().containsKey("406")) {
        Stream<String> image = Stream.concat(Stream.of(known), Stream.of("Accept", "image/png"));
        assertThat(tell(operation, example, image.toArray(String[]::new)).status())
            .as(what)
            .isEqualTo(406);
      }
      if (operation.parameters().stream()
          .anyMatch(each -> each.get("name").text().equals("limit"))) {
        assertThat(
                tell(operation, example.to(example.target().split("\\?")[0] + "?limit=0"), known)
                    .status())
            .as(what)
            .isEqualTo(400);
      }
    }
  }

  @Test
  void takesJustTheParametersThatItDescribes() throws Exception {
    for (Operation operation : operations()) {
      if (Set.of("GET", "DELETE").contains(operation.method())
          && !WITHOUT_PARAMETERS.contains(operation.path())) {
        Example example = operation.examples().get(0);
        Told told =
            tell(
                operation,
                example.to(
                    example.target() + (example.target().contains("?") ? '&' : '?') + UNKNOWN),
                credentials(operation));
        Matcher known = KNOWN.matcher(Description.tree(told.body()).path("detail").asText());
        Set<String> names = new TreeSet<>();
        if (known.find()) {
          names.addAll(List.of(known.group(1).split(", ")));
        }
        assertThat(told.status()).as(told.toString()).isEqualTo(400);
        assertThat(operation.parameters("query"))
            .as("%s: %s", operation.path(), told)
            .isEqualTo(names);
      }
    }
  }

  @Test
  void hasJustTheMethodsThatItDescribes() throws Exception {
    Map<String, Set<String>> described = new TreeMap<>();
    for (Operation operation : operations()) {
      Set<String> methods = described.computeIfAbsent(operation.path(), path -> new TreeSet<>());
      methods.add(operation.method());
      if (operation.method().equals("GET")) {
        methods.add("HEAD"); // as the introduction says
      }
    }
    for (Operation operation : operations()) {
      Set<String> methods = new TreeSet<>(described.get(operation.path()));
      methods.add("OPTIONS");
      Example example = operation.examples().get(0).with(null, null);
      Operation other = new Operation(operation.path(), "PUT", operation.part());
      Told told = send(other, example, credentials(operation));
      assertThat(told.status()).as(operation.path()).isEqualTo(405);
      assertThat(told.mediaType()).as(operation.path()).isEqualTo("application/problem+json");
      assertThat(
              openApi
                  .root()
                  .get("components")
                  .get("schemas")
                  .get("Problem")
                  .misfits(Description.tree(told.body())))
          .isEmpty();
      assertThat(told.head().headers().firstValue("Allow").orElse("").split(", *"))
          .as(operation.path())
          .containsExactlyInAnyOrderElementsOf(methods);
    }
  }

  @Test
  void whatCannotBeRecordedIsToldSo() throws Exception {
    Operation record = operation("POST", "/api/activities");
    Example own = record.example("withItsOwnId");
    String[] ada = bearer("ada", "all");
    tell(record, own, ada);

    assertThat(tell(record, own, ada).status()).isEqualTo(200);
    String another = own.body().replace("order.placed", "order.lost");
    assertThat(tell(record, own.with(own.mediaType(), another), ada).status()).isEqualTo(409);
    assertThat(tell(record, own.with(own.mediaType(), "{}"), ada).status()).isEqualTo(400);
    assertThat(tell(record, own.with(own.mediaType(), "[{},{}]"), ada).status()).isEqualTo(400);
    assertThat(tell(record, own.with("application/x-ndjson", "{}\n{"), ada).status())
        .isEqualTo(400);
    assertThat(tell(record, own.with("text/plain", "tea"), ada).status()).isEqualTo(415);
    String large = "{\"type\":\"large\",\"data\":\"" + "a".repeat(65_000) + "\"}";
    assertThat(tell(record, own.with(own.mediaType(), large), ada).status()).isEqualTo(413);
    assertThat(tell(record, record.example("one"), bearer("shop", "shop")).status()).isEqualTo(403);

    Operation notify = operation("POST", "/api/notifications");
    Example one = notify.example("toOne");
    tell(notify, one, ada);
    assertThat(tell(notify, one, ada).status()).isEqualTo(200);
    assertThat(
            tell(notify, one.with(one.mediaType(), one.body().replace("alice", "bob")), ada)
                .status())
        .isEqualTo(409);
    assertThat(tell(notify, one.with(one.mediaType(), "{}"), ada).status()).isEqualTo(400);
    assertThat(tell(notify, one.with("text/plain", "tea"), ada).status()).isEqualTo(415);
    assertThat(
            tell(
                    notify,
                    one.with(
                        one.mediaType(),
                        large
                            .replace("{\"type\"", "{\"to\":\"bob\",\"type\"")
                            .replace("\"data\"", "\"message\"")),
                    ada)
                .status())
        .isEqualTo(413);

    Operation track = operation("POST", "/api/v1/{call}");
    Example page = track.example("pageViewed");
    assertThat(tell(track, page.with(page.mediaType(), "tea"), Visitor.writeKey(KEY)).status())
        .isEqualTo(400);
    assertThat(tell(track, page.to("api/v1/nothing"), Visitor.writeKey(KEY)).status())
        .isEqualTo(404);
  }

  @Test
  void whoeverBringsTooMuchIsToldSo() throws Exception {
    Operation record = operation("POST", "/api/activities");
    Example lines = record.example("lines");
    String many = (lines.body() + "\n").repeat(150); // of 200 that may come at once
    for (String user : List.of("eve", "mallory")) {
      Example example =
          user.equals("eve")
              ? lines.with(lines.mediaType(), many)
              : lines.with(
                  "application/json", '[' + "{\"type\":\"a\"},".repeat(150) + "{\"type\":\"a\"}]");
      String[] who = bearer(user, "all");
      Told told = tell(record, example, who);
      if (told.status() != 429) { // one comes to it in the middle
        told = tell(record, example, who);
      }
      assertThat(told.status()).as(told.toString()).isEqualTo(429);
      assertThat(told.head().headers().firstValue("Retry-After")).isPresent();
    }
  }

  @Test
  void whoHasAPageIsToldThatItIsTheSame() throws Exception {
    Operation page = operation("GET", "/api/activities");
    String[] ada = bearer("ada", "all");
    Example example = page.example("").to("api/activities?source=/nowhere");
    String tag = tell(page, example, ada).head().headers().firstValue("ETag").orElseThrow();

    Told again = tell(page, example, ada[0], ada[1], "If-None-Match", tag);
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void aTicketLetsInOnceAndAReaderThatIsThereCanBeEnded() throws Exception {
    Operation stream = operation("GET", "/api/events");
    assertThat(stream.takes("ticket")).isTrue();
    Operation tickets = operation("POST", "/api/events/tickets");
    String[] ada = bearer("ada", "all");
    Told ticket = tell(tickets, tickets.examples().get(0), ada);
    Example with =
        stream
            .example("")
            .to("api/events?ticket=" + Description.tree(ticket.body()).get("ticket").asText());
    assertThat(tell(stream, with).status()).isEqualTo(200);
    assertThat(tell(stream, with).status()).isEqualTo(401);

    HttpRequest follow =
        HttpRequest.newBuilder(server.base().resolve("api/events")).headers(ada).build();
    try (InputStream stays = CLIENT.send(follow, BodyHandlers.ofInputStream()).body()) {
      Operation readers = operation("GET", "/api/readers");
      Told here = tell(readers, readers.example(""), ada);
      JsonNode all = Description.tree(here.body()).get("readers");
      String id = all.get(all.size() - 1).get("id").asText();
      Operation end = operation("DELETE", "/api/readers/{id}");
      assertThat(tell(end, end.example("gone").to("api/readers/" + id), ada).status())
          .isEqualTo(204);
      assertThat(
              CompletableFuture.supplyAsync(() -> text(stays))
                  .get(Await.LIMIT_SECONDS, TimeUnit.SECONDS))
          .contains("ended");
    }
  }

  @Test
  void tellsWebHooksThatTheyMayDeliver() throws Exception {
    Operation ask = operation("OPTIONS", "/api/activities");
    Told told = tell(ask, ask.example("webHook"));
    assertThat(told.head().headers().firstValue("WebHook-Allowed-Origin"))
        .contains("events.example.com");
    assertThat(ask.responses().get("200").get("headers").members().keySet())
        .allSatisfy(name -> assertThat(told.head().headers().firstValue(name)).isPresent());
  }
}
