package dev.trailcast.activity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Activities with whatever one may hold. */
public final class RandomActivities {
  private static final String[] SPECIAL = {
    "\"", "\\", "/", " ", "\u2028", "\u2029", "\u00a0", "é", "ż", "名", "🐎", "\ufeff", "\ufffd"
  };

  private final Random random;

  /** The same for the same seed. */
  public RandomActivities(long seed) {
    random = new Random(seed);
  }

  /** One more. */
  public Activity next() {
    Activity activity =
        new Activity(
            text(),
            random.nextBoolean() ? "/" : "/" + random.nextInt(),
            "t" + random.nextInt(100),
            time(),
            maybe(this::text),
            maybe(this::text),
            maybe(this::audience),
            extensions(),
            null);
    return switch (random.nextInt(6)) {
      case 0 -> activity;
      case 1 -> activity.withJson(json(4)).withExtension("datacontenttype", "application/json");
      case 2 -> activity.withJson(json(4)).withExtension("datacontenttype", "text/xml");
      case 3 ->
          activity.withData(text()).withExtension("datacontenttype", "text/plain; charset=utf-8");
      case 4 -> activity.withExtension("data_base64", base64());
      default -> activity.withJson(json(4));
    };
  }

  private String base64() {
    return Base64.getEncoder().encodeToString(text().getBytes(UTF_8));
  }

  private OffsetDateTime time() {
    return OffsetDateTime.of(
        LocalDateTime.of(random.nextInt(10_000), 1, 1, 0, 0)
            .plusSeconds(random.nextInt(365 * 24 * 3600))
            .withNano(random.nextInt(1_000_000_000) / pick(1, 1_000, 1_000_000) * pick(0, 1)),
        ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60) - 18 * 60)));
  }

  private Audience audience() {
    return new Audience(names(), Set.of("r" + random.nextInt(9)));
  }

  private Set<String> names() {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(i -> "user" + random.nextInt(100))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Map<String, Object> extensions() {
    Map<String, Object> extensions = new TreeMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Object value =
          switch (random.nextInt(3)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextBoolean();
            default -> text();
          };
      extensions.put("x" + random.nextInt(100), value);
    }
    return extensions;
  }

  private String json(int levels) {
    return switch (random.nextInt(levels > 0 ? 7 : 5)) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> number();
      case 3 -> quoted(text() + "\uffff".repeat(random.nextInt(2)));
      case 4 -> "\"\\u%04x\\n\\\"\"".formatted(random.nextInt(0x10000));
      case 5 ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> space() + json(levels - 1) + space())
              .collect(Collectors.joining(",", "[", "]"));
      default ->
          IntStream.range(0, random.nextInt(4))
              .mapToObj(i -> space() + "\"k" + i + "\"" + space() + ":" + json(levels - 1))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder();
    JsonText.quote(json, text);
    return json.toString();
  }

  private String number() {
    return switch (random.nextInt(4)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> random.nextInt(1000) + ".50";
      case 2 -> "-0";
      default -> random.nextLong() + "E" + pick(400, -400, 0);
    };
  }

  private String space() {
    return " \n\r\t".substring(random.nextInt(5));
  }

  private String text() {
    StringBuilder text = new StringBuilder("x".repeat(random.nextInt(20) / 19 * 5_000));
    for (int length = 1 + random.nextInt(20); length > 0; length--) {
      if (random.nextInt(4) == 0) {
        text.append(SPECIAL[random.nextInt(SPECIAL.length)]);
      } else {
        text.append((char) ('!' + random.nextInt(94)));
      }
    }
    return text.toString();
  }

  private int pick(int... numbers) {
    return numbers[random.nextInt(numbers.length)];
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
