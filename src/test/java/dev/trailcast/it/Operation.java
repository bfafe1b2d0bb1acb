package dev.trailcast.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What OpenAPI describes of a method of an address. Its examples of one name are one request.
 *
 * @param path as it is described, with the names of what stands in it
 * @param method in capitals
 */
public record Operation(String path, String method, Description.Part part) {
  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "delete", "options");

  /** Where there may be nothing though something is described. */
  private static final Set<String> WITHOUT_BODY = Set.of("HEAD", "OPTIONS");

  /**
   * A request.
   *
   * @param name of the example; empty where there is none
   * @param target below the application
   * @param headers names and values, alternately
   * @param mediaType of the body, or null
   * @param body or null
   */
  public record Example(
      String name, String target, List<String> headers, String mediaType, String body) {
    /** The same to another target. */
    public Example to(String other) {
      return new Example(name, other, headers, mediaType, body);
    }

    /** The same with other bytes. */
    public Example with(String otherType, String other) {
      return new Example(name, target, headers, otherType, other);
    }
  }

  /** Every one of them. */
  public static List<Operation> of(Description openApi) {
    List<Operation> all = new ArrayList<>();
    openApi
        .root()
        .get("paths")
        .members()
        .forEach(
            (path, item) ->
                item.members().entrySet().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .map(
                        method ->
                            new Operation(
                                path, method.getKey().toUpperCase(Locale.ROOT), method.getValue()))
                    .forEach(all::add));
    return all;
  }

  public List<Description.Part> parameters() {
    return part.get("parameters").elements();
  }

  /** The names of its parameters that stand there. */
  public Set<String> parameters(String in) {
    return parameters().stream()
        .filter(parameter -> parameter.get("in").text().equals(in))
        .map(parameter -> parameter.get("name").text())
        .collect(Collectors.toSet());
  }

  /** Every request that it has an example of; one without anything if it has none. */
  public List<Example> examples() {
    Set<String> names = new LinkedHashSet<>();
    Stream.concat(parameters().stream(), bodies().values().stream())
        .forEach(each -> names.addAll(each.get("examples").members().keySet()));
    return (names.isEmpty() ? Set.of("") : names).stream().map(this::example).toList();
  }

  /** The request of this name. */
  public Example example(String name) {
    String target = path.substring(1);
    List<String> query = new ArrayList<>();
    List<String> headers = new ArrayList<>();
    for (Description.Part parameter : parameters()) {
      JsonNode value = parameter.get("examples").get(name).get("value").node();
      String in = parameter.get("in").text();
      String itsName = parameter.get("name").text();
      if (value.isMissingNode()) {
        assertThat(parameter.get("required").node().asBoolean())
            .as("without %s: %s %s %s", itsName, method, path, name)
            .isFalse();
      } else if (in.equals("query")) {
        values(value)
            .map(each -> itsName + '=' + URLEncoder.encode(each, UTF_8))
            .forEach(query::add);
      } else if (in.equals("path")) {
        target = target.replace('{' + itsName + '}', value.asText());
      } else {
        headers.addAll(List.of(itsName, value.asText()));
      }
    }
    Optional<Map.Entry<String, Description.Part>> body =
        bodies().entrySet().stream()
            .filter(each -> each.getValue().get("examples").has(name))
            .findFirst();
    return new Example(
        name,
        query.isEmpty() ? target : target + '?' + String.join("&", query),
        headers,
        body.map(each -> each.getKey().equals("*/*") ? "text/plain" : each.getKey()).orElse(null),
        body.map(each -> each.getValue().get("examples").get(name).get("value").node())
            .map(Operation::written)
            .orElse(null));
  }

  private static Stream<String> values(JsonNode value) {
    return value.isArray() ? elements(value).map(JsonNode::asText) : Stream.of(value.asText());
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }

  private static String written(JsonNode body) {
    return body.isTextual() ? body.asText() : body.toString();
  }

  /** What its body may be, by media type. */
  public Map<String, Description.Part> bodies() {
    return part.get("requestBody").get("content").members();
  }

  /** What may be answered, by status. */
  public Map<String, Description.Part> responses() {
    return part.get("responses").members();
  }

  /**
   * What to accept to be answered as described: each media type that there is an example of this
   * name in; else the first one of what is answered if all is well, or nothing.
   */
  public List<Optional<String>> accepted(String example) {
    List<String> known =
        responses().values().stream()
            .flatMap(response -> response.get("content").members().entrySet().stream())
            .filter(content -> content.getValue().get("examples").has(example))
            .map(Map.Entry::getKey)
            .toList();
    return known.isEmpty()
        ? List.of(
            responses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .flatMap(response -> response.getValue().get("content").members().keySet().stream())
                .findFirst())
        : known.stream().map(Optional::of).toList();
  }

  /** The status that the answer to an example has, where there is one of that name. */
  public Optional<String> statusOf(String example) {
    return responses().entrySet().stream()
        .filter(
            response ->
                response.getValue().get("content").members().values().stream()
                    .anyMatch(content -> content.get("examples").has(example)))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Whether whoever asks has to show this, where not everybody may. */
  public boolean takes(String scheme) {
    Description.Part own = part.get("security");
    return own.node().isMissingNode()
        ? scheme.equals("token")
        : own.elements().stream().anyMatch(each -> each.has(scheme));
  }

  /**
   * Fails if this is not described.
   *
   * @param mediaType without parameters, or empty
   */
  public void assertDescribes(int status, String mediaType, String body) {
    String what = "%s %s: %d %s %s".formatted(method, path, status, mediaType, body);
    Description.Part response = responses().get(Integer.toString(status));
    assertThat(response).as(what).isNotNull();
    Map<String, Description.Part> content = response.get("content").members();
    if (body.isEmpty()) {
      assertThat(content.isEmpty() || WITHOUT_BODY.contains(method)).as(what).isTrue();
      return;
    }
    assertThat(content).as(what).containsKey(mediaType);
    if (mediaType.matches(".*[/+]json")) {
      assertThat(content.get(mediaType).get("schema").misfits(Description.tree(body)))
          .as(what)
          .isEmpty();
    }
  }
}
