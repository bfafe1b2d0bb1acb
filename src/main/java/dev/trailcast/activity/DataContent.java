package dev.trailcast.activity;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What data is that comes as bytes, by its media type alone: never by what the bytes look like, for
 * then one event's data would be a text and the next one's would not.
 */
enum DataContent {
  /** A JSON value: CloudEvents JSON format 1.0.2, section 3.1. */
  JSON("JSON"),
  /** Text in UTF-8, of which ASCII is a part. */
  TEXT("text"),
  /** Anything else, also text in another encoding: its bytes are kept. */
  BINARY("bytes");

  /** What JSON is that nobody says a type of: JSON format 1.0.2, section 3.1. */
  static final String ASSUMED = "application/json";

  private static final Set<String> UTF_8 = Set.of("", "utf-8", "utf8", "us-ascii", "ascii");
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)", Pattern.CASE_INSENSITIVE);

  private final String name;

  DataContent(String name) {
    this.name = name;
  }

  /**
   * @param mediaType a {@code datacontenttype}, or null
   */
  static DataContent of(String mediaType) {
    if (mediaType == null) {
      return BINARY;
    }
    String essence = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (essence.endsWith("/json") || essence.endsWith("+json")) {
      return JSON;
    }
    Matcher charset = CHARSET.matcher(mediaType);
    boolean named = charset.find();
    boolean text =
        named
            || essence.startsWith("text/")
            || essence.endsWith("/xml")
            || essence.endsWith("+xml")
            || essence.equals("application/x-www-form-urlencoded");
    return text && UTF_8.contains(named ? charset.group(1).toLowerCase(Locale.ROOT) : "")
        ? TEXT
        : BINARY;
  }

  @Override
  public String toString() {
    return name;
  }
}
