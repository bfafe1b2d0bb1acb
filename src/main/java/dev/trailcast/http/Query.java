package dev.trailcast.http;

import dev.trailcast.activity.ActivityFilter;
import dev.trailcast.activity.ActivityFilter.Terms;
import dev.trailcast.activity.Excerpt;
import dev.trailcast.activity.Rfc3339;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The parameters of a request, each checked as it is read: what is not allowed throws an {@link
 * IllegalArgumentException} that names the parameter, its value and what is allowed. A parameter
 * that is not there is null. What nobody reads is refused, too: a misspelt filter that is ignored
 * lets everything through.
 */
public final class Query {
  /**
   * Where an EventSource has been, as clients say it that can't send the header; the last is by
   * amvtek's polyfill.
   */
  private static final List<String> LAST_EVENT_ID =
      List.of("lastEventId", "last_event_id", "evs_last_event_id");

  /**
   * What clients add by themselves: the polyfills of amvtek ({@code evs_preamble}) and Yaffle
   * ({@code padding}, {@code r}), and whoever keeps caches out, as jQuery does ({@code _}). Without
   * a name is what comes of {@code ?&}.
   */
  private static final Set<String> ADDED_BY_CLIENTS =
      Set.of("evs_preamble", "padding", "r", "_", "t", "");

  /** What lets somebody in: it is no part of what is asked for. */
  private static final String TICKET = "ticket";

  /** What each activity, and each row of history, may be compared with for one reader. */
  private static final int MOST_TERMS = 100;

  private static final int MOST_TERM_BYTES = 4096;

  /** An initial state. Whoever wants all of history asks for {@code earliest}, or since when. */
  public static final int MOST_LAST = 100_000;

  private static final int SHOWN = 64;

  private final MultivaluedMap<String, String> parameters;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> ignored = new HashSet<>();

  private Query(MultivaluedMap<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads what a request asks for.
   *
   * @param reading reads every parameter that there is, also one that does not count this time:
   *     what it does not read is refused
   * @throws jakarta.ws.rs.WebApplicationException 400, with a {@link Problem} that says why
   */
  public static <T> T read(MultivaluedMap<String, String> parameters, Function<Query, T> reading) {
    Query query = new Query(parameters);
    query.ignored.addAll(ADDED_BY_CLIENTS);
    query.ignored.add(TICKET);
    try {
      T asked = reading.apply(query);
      query.refuseUnknown();
      return asked;
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(e.getMessage()).exception();
    }
  }

  /**
   * Reads a filter alone, as it stands in a configuration or a token: nothing else may stand there.
   *
   * @param query percent-encoded, as in an address; empty asks for everything
   * @throws IllegalArgumentException naming the parameter, its value and what is allowed
   */
  public static ActivityFilter filterIn(String query) {
    Query read = new Query(parameters(query));
    ActivityFilter filter = read.filter();
    read.refuseUnknown();
    return filter;
  }

  /**
   * What is asked for, without that by which clients come back, get through, or are let in: two
   * addresses ask for the same where this is equal.
   *
   * @param query percent-encoded, or null
   * @throws IllegalArgumentException if it is not percent-encoded as it should be
   */
  public static Map<String, List<String>> asked(String query) {
    Map<String, List<String>> asked = new TreeMap<>(parameters(query));
    asked.keySet().removeAll(ADDED_BY_CLIENTS);
    LAST_EVENT_ID.forEach(asked::remove);
    asked.remove(TICKET);
    return asked;
  }

  /**
   * The ticket that somebody is let in by, or null.
   *
   * @param query percent-encoded, or null
   * @throws IllegalArgumentException if it is not percent-encoded as it should be
   */
  public static String ticket(String query) {
    return parameters(query).getFirst(TICKET);
  }

  private static MultivaluedMap<String, String> parameters(String query) {
    MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
    if (query != null && !query.isEmpty()) {
      for (String parameter : query.split("&", -1)) {
        String[] sides = parameter.split("=", 2);
        parameters.add(decoded(sides[0]), sides.length == 1 ? "" : decoded(sides[1]));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private void refuseUnknown() {
    for (String name : parameters.keySet()) {
      if (!known.contains(name) && !ignored.contains(name)) {
        throw new IllegalArgumentException(
            shown(name) + " is no parameter here; " + Spelling.hint(name, known));
      }
    }
  }

  /** Which activities are asked for. */
  public ActivityFilter filter() {
    checkTerms("type", "actor", "source", "subject");
    return new ActivityFilter(terms("type"), terms("actor"), terms("source"), terms("subject"));
  }

  private void checkTerms(String... names) {
    int count = 0;
    long bytes = 0;
    for (String name : names) {
      for (String term : parameters.getOrDefault(name, List.of())) {
        count++;
        bytes += term.getBytes(StandardCharsets.UTF_8).length;
      }
    }
    String all = "the terms of " + String.join(", ", names) + " together must be ";
    if (count > MOST_TERMS) {
      throw new IllegalArgumentException(all + MOST_TERMS + " at most, not " + count);
    }
    if (bytes > MOST_TERM_BYTES) {
      throw new IllegalArgumentException(all + MOST_TERM_BYTES + " bytes at most, not " + bytes);
    }
  }

  /** How many of the newest. */
  public Integer last() {
    return number("last", 0, MOST_LAST);
  }

  private Terms terms(String name) {
    known.add(name);
    List<String> values = parameters.get(name);
    try {
      return values == null ? Terms.ANY : Terms.parse(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " " + e.getMessage(), e);
    }
  }

  /**
   * Where a reader has been, as it was given. Polyfills add it at the end, also to an address that
   * has it already: the last that says anything counts.
   */
  public String lastEventId() {
    known.add(LAST_EVENT_ID.get(0));
    ignoreLastEventId();
    for (String name : LAST_EVENT_ID) {
      List<String> values = parameters.getOrDefault(name, List.of());
      for (int i = values.size() - 1; i >= 0; i--) {
        if (!values.get(i).isBlank()) {
          return values.get(i);
        }
      }
    }
    return null;
  }

  /** For a stream that has no past: its readers say all the same where they have been. */
  public void ignoreLastEventId() {
    ignored.addAll(LAST_EVENT_ID);
  }

  /** A text, if it says anything. */
  public String text(String name) {
    String value = value(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** A moment: a timestamp of RFC 3339, milliseconds, or how long ago by this server's clock. */
  public Instant instant(String name) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    String text = value.replace(' ', '+'); // an offset's plus sign that was not encoded
    Optional<Instant> instant = Rfc3339.parse(text).map(OffsetDateTime::toInstant);
    return instant
        .or(() -> epochMilliseconds(text))
        .or(() -> ago(text))
        .orElseThrow(
            () ->
                notAllowed(
                    name,
                    "a timestamp of RFC 3339, milliseconds since 1970-01-01, or how long ago as a"
                        + " duration above zero (30s, 5m, 2h, 3d or PT5M)",
                    value));
  }

  private static Optional<Instant> epochMilliseconds(String text) {
    try {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> ago(String text) {
    try {
      Duration ago = Duration.parse(isShort(text) ? iso(text) : text);
      return ago.isNegative() || ago.isZero()
          ? Optional.empty()
          : Optional.of(Instant.now().minus(ago));
    } catch (DateTimeException | ArithmeticException e) { // also where it is before all time
      return Optional.empty();
    }
  }

  /** Whether it is one number and one unit, as in {@code 5m}. */
  private static boolean isShort(String text) {
    return text.matches("[0-9]+[smhd]");
  }

  private static String iso(String shortForm) {
    return (shortForm.endsWith("d") ? "P" : "PT") + shortForm; // which takes small letters, too
  }

  /** A duration from nothing to {@code most}. */
  public Duration duration(String name, Duration most) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    try {
      Duration duration = Duration.parse(value);
      if (!duration.isNegative() && duration.compareTo(most) <= 0) {
        return duration;
      }
    } catch (DateTimeException e) {
      // said below
    }
    throw notAllowed(name, "an ISO-8601 duration from PT0S to " + most, value);
  }

  /** A whole number. */
  public Integer number(String name, int least, int most) {
    String value = value(name);
    if (value == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw notAllowed(name, "a whole number from " + least + " to " + most, value);
  }

  /** Whether it has the one of two values that is not the usual one. */
  public boolean flag(String name, String set, String unset) {
    String value = value(name);
    if (value == null || value.equals(unset)) {
      return false;
    }
    if (value.equals(set)) {
      return true;
    }
    throw notAllowed(name, set + " or " + unset, value);
  }

  /** Of two that differ, one would be ignored. */
  private String value(String name) {
    known.add(name);
    List<String> values = parameters.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          name + " must be given once, not " + values.size() + " times");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** What is thrown where a value is not allowed. */
  public static IllegalArgumentException notAllowed(String name, String allowed, String value) {
    return new IllegalArgumentException(name + " must be " + allowed + ", not " + shown(value));
  }

  private static String shown(String text) {
    return Excerpt.of(text, SHOWN);
  }
}
