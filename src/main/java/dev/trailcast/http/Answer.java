package dev.trailcast.http;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON object as an answer, not to be cached. It is turned into bytes here: a WAR that Trailcast
 * is in may bring a JSON provider of its own, which would write it otherwise.
 *
 * @param status of HTTP
 * @param members in their order; values as Jakarta JSON Processing takes them: texts, numbers,
 *     booleans, maps and collections of such
 */
public record Answer(int status, Map<String, Object> members) {
  static final String NO_STORE = "no-store";

  public Answer {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** An answer of this status, without members yet. */
  public static Answer of(Response.Status status) {
    return new Answer(status.getStatusCode(), Map.of());
  }

  /** The same with one more member. */
  public Answer with(String name, Object value) {
    return with(Map.of(name, value));
  }

  /** The same with more members. */
  public Answer with(Map<String, Object> more) {
    Map<String, Object> all = new LinkedHashMap<>(members);
    all.putAll(more);
    return new Answer(status, all);
  }

  /** As a response. */
  public Response toResponse() {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, NO_STORE)
        .entity(json(members))
        .build();
  }

  /** An object of these members, in their order, in UTF-8 and on one line. */
  public static byte[] json(Map<String, Object> members) {
    String json = Factory.BUILDERS.createObjectBuilder(members).build().toString();
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Factory {
    // found once: looking for the provider costs more than writing an answer
    static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  }
}
