package dev.trailcast.it;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A description of addresses, OpenAPI or AsyncAPI: its parts, and what does not fit a schema. */
public final class Description {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String ADDRESS = "https://description.example/";

  private final JsonNode root;
  private final SchemaRegistry schemas;

  private Description(JsonNode root, Dialect dialect) {
    this.root = root;
    this.schemas =
        SchemaRegistry.withDialect(
            dialect, builder -> builder.schemas(Map.of(ADDRESS, root.toString())));
  }

  /** The one of this name as it is delivered. */
  public static String delivered(String name) {
    try (InputStream file =
        Description.class.getResourceAsStream("/META-INF/resources/trailcast/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * OpenAPI 3.0. Objects have the members that it names and no others, unless it says that they
   * may: what is answered must all be described.
   */
  public static Description openApi(String yaml) {
    JsonNode root = tree(yaml);
    close(root);
    return new Description(root, Dialects.getOpenApi30());
  }

  /** AsyncAPI 3. */
  public static Description asyncApi(String yaml) {
    return new Description(tree(yaml), Dialects.getDraft7());
  }

  /** What it says. */
  public static JsonNode tree(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no YAML: " + e.getMessage(), e);
    }
  }

  private static void close(JsonNode node) {
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    node.forEach(Description::close);
  }

  /** All of it. */
  public Part root() {
    return new Part("", root);
  }

  /** Something in it: where that stands, and what. */
  public final class Part {
    private final String pointer;
    private final JsonNode node;

    private Part(String pointer, JsonNode node) {
      this.pointer = pointer;
      this.node = node;
    }

    public JsonNode node() {
      return node;
    }

    public String text() {
      return node.asText();
    }

    public boolean has(String name) {
      return node.has(name);
    }

    /**
     * What it has under this name, or what that refers to; there is nothing in what is not there.
     */
    public Part get(String name) {
      return followed(pointer + '/' + name.replace("~", "~0").replace("/", "~1"), node.path(name));
    }

    /** All that it has under names. */
    public Map<String, Part> members() {
      Map<String, Part> members = new LinkedHashMap<>();
      node.fieldNames().forEachRemaining(name -> members.put(name, get(name)));
      return members;
    }

    /** All that it has in a list. */
    public List<Part> elements() {
      return IntStream.range(0, node.size())
          .mapToObj(i -> followed(pointer + '/' + i, node.get(i)))
          .toList();
    }

    private Part followed(String at, JsonNode there) {
      if (!there.has("$ref")) {
        return new Part(at, there);
      }
      String target = there.get("$ref").asText().substring(1);
      return followed(target, root.at(JsonPointer.compile(target)));
    }

    /** Why this value is not as this schema says; empty if it is. */
    public List<String> misfits(JsonNode value) {
      return schemas
          .getSchema(SchemaLocation.of(ADDRESS + '#' + pointer))
          .validate(value, context -> context.executionConfig(c -> c.formatAssertionsEnabled(true)))
          .stream()
          .map(Error::toString)
          .toList();
    }

    @Override
    public String toString() {
      return pointer;
    }
  }
}
