package dev.trailcast.stream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.it.Description;
import dev.trailcast.it.Operation;
import dev.trailcast.journal.Gap;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What AsyncAPI says of the streams, against what is written to them. */
class AsyncApiTest {
  private static final Description ASYNC_API =
      Description.asyncApi(Description.delivered("asyncapi.yaml"));

  /** Reasons for which nothing can be written, or is to be. */
  private static final Set<CloseReason> UNTOLD =
      EnumSet.of(CloseReason.GONE, CloseReason.SLOW, CloseReason.RELEASED);

  /**
   * An example of a message.
   *
   * @param format of the channel that has it
   */
  record Example(Format format, Description.Part message, JsonNode headers, JsonNode payload) {
    @Override
    public String toString() {
      return format + " " + message + " " + payload;
    }

    /** As it stands on the wire. */
    String wire() {
      if (format == Format.LINES) {
        return payload + "\n";
      }
      return field("event", headers.path("event"))
          + field("data", payload)
          + field("id", headers.path("id"))
          + '\n';
    }

    private static String field(String name, JsonNode value) {
      String text = value.isTextual() ? value.asText() : value.toString();
      return value.isMissingNode() ? "" : name + ": " + text + '\n';
    }

    /** What the server calls it, if it is not an activity. */
    String type() {
      return (format == Format.LINES ? payload.path("type") : headers.path("event")).asText();
    }

    /** The position that is told with it, or null. */
    StreamPosition position() {
      JsonNode told = format == Format.LINES ? payload.path("position") : headers.path("id");
      return StreamPosition.parse(told.asText()).orElse(null);
    }
  }

  static List<Example> examples() {
    List<Example> all = new ArrayList<>();
    ASYNC_API
        .root()
        .get("channels")
        .members()
        .forEach(
            (name, channel) -> {
              for (Description.Part message : channel.get("messages").members().values()) {
                for (Description.Part example : message.get("examples").elements()) {
                  JsonNode headers = example.get("headers").node();
                  boolean named = example.get("name").text().equals("named");
                  Format sse = named ? Format.NAMED_SSE : Format.SSE;
                  all.add(
                      new Example(
                          name.equals("lines") ? Format.LINES : sse,
                          message,
                          headers,
                          example.get("payload").node()));
                }
              }
            });
    return all;
  }

  @Test
  void isAsAsyncApiHasIt() throws Exception {
    try (InputStream schema = AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0.json")) {
      assertThat(
              SchemaRegistry.withDialect(Dialects.getDraft7())
                  .getSchema(schema, InputFormat.JSON)
                  .validate(ASYNC_API.root().node()))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void hasExamplesThatAreAsItDescribesThem(Example example) {
    assertThat(example.message().get("payload").misfits(example.payload())).isEmpty();
    if (example.message().has("headers")) {
      assertThat(example.message().get("headers").misfits(example.headers())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theServerWritesTheExamplesAsTheyStand(Example example) {
    WriteBuffer out = new WriteBuffer();
    switch (example.type()) {
      case ControlEvent.POSITION -> write(out, example, position(example));
      case ControlEvent.GAP -> write(out, example, gap(example));
      case ControlEvent.CONFLATED ->
          write(out, example, ControlEvent.conflated(example.payload().get("leftOut").asLong()));
      case ControlEvent.CLOSING -> write(out, example, closing(example));
      case ControlEvent.STATISTICS ->
          write(out, example, ControlEvent.statistics(read(example.payload().toString())));
      default -> example.format().frame(out, recorded(example));
    }
    assertThat(new String(out.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(example.wire());
  }

  private static void write(WriteBuffer out, Example example, ControlEvent event) {
    example.format().control(out, event);
  }

  private static ControlEvent position(Example example) {
    boolean live = example.payload().get("live").asBoolean();
    JsonNode time = example.payload().path("time");
    return time.isMissingNode()
        ? ControlEvent.position(example.position(), live)
        : ControlEvent.beat(
            new Outlet.Beat(example.position(), false, live, Instant.parse(time.asText())));
  }

  private static ControlEvent gap(Example example) {
    return ControlEvent.gap(
        new Gap(
            Stream.of(Gap.Reason.values())
                .filter(each -> each.toString().equals(example.payload().get("reason").asText()))
                .findFirst()
                .orElseThrow(),
            example.payload().get("requested").asText(),
            example.position()));
  }

  private static ControlEvent closing(Example example) {
    return ControlEvent.closing(
        Stream.of(CloseReason.values())
            .filter(each -> each.toString().equals(example.payload().get("reason").asText()))
            .findFirst()
            .orElseThrow(),
        example.payload().get("retry").asLong());
  }

  private static RecordedFrame recorded(Example example) {
    ObjectNode attributes = example.payload().deepCopy();
    attributes.remove("position");
    EncodedActivity activity = EncodedActivity.of(ActivityReader.read(attributes.toString()));
    return new RecordedFrame(
        new JournalEntry(example.position(), Instant.EPOCH, activity), new WriteBuffer());
  }

  private static JsonObject read(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  @Test
  void namesEveryEventOfOursAndNoOther() throws Exception {
    Set<String> ours = new TreeSet<>(Set.of(Activity.ERASED));
    for (var field : ControlEvent.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        ours.add((String) field.get(null));
      }
    }
    for (Predicate<String> channels :
        List.<Predicate<String>>of(name -> !name.equals("lines"), name -> name.equals("lines"))) {
      Set<String> described =
          ASYNC_API.root().get("channels").members().entrySet().stream()
              .filter(channel -> channels.test(channel.getKey()))
              .flatMap(channel -> channel.getValue().get("messages").members().values().stream())
              .map(message -> message.get("name").text())
              .filter(name -> !name.equals("activity"))
              .collect(Collectors.toCollection(TreeSet::new));
      if (channels.test("lines")) {
        described.add(ControlEvent.STATISTICS); // of which there are no lines
      }
      assertThat(described).isEqualTo(ours);
    }
  }

  @Test
  void namesEveryReasonThatIsTold() {
    assertThat(values("ClosingReason"))
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.copyOf(UNTOLD)).stream()
                .map(CloseReason::toString)
                .toList());
    assertThat(values("GapReason"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Gap.Reason.values()).map(Gap.Reason::toString).toList());
  }

  private static List<String> values(String schema) {
    return ASYNC_API
        .root()
        .get("components")
        .get("schemas")
        .get(schema)
        .get("enum")
        .elements()
        .stream()
        .map(Description.Part::text)
        .toList();
  }

  @Test
  void asksByTheSameParametersAsOpenApi() {
    List<Operation> openApi =
        Operation.of(Description.openApi(Description.delivered("openapi.yaml")));
    for (Description.Part operation : ASYNC_API.root().get("operations").members().values()) {
      String address = operation.get("channel").get("address").text();
      assertThat(operation.get("bindings").get("http").get("query").get("properties").members())
          .as(address)
          .containsOnlyKeys(
              openApi.stream()
                  .filter(each -> each.path().equals(address) && each.method().equals("GET"))
                  .findFirst()
                  .orElseThrow()
                  .parameters("query"));
    }
  }
}
