package dev.trailcast.ingest.cloudevents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.trailcast.activity.Activity;
import dev.trailcast.activity.ActivityReader;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.activity.InvalidActivityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Any headers and any data: {@code name: value} on lines, a blank line, and the data. */
class BinaryModeFuzzTest {
  @FuzzTest
  void readsAgainWhatItHasTakenInEitherMode(byte[] request) {
    Activity activity;
    try {
      activity = BinaryMode.read(TestRequest.with(headers(request)), data(request));
    } catch (InvalidActivityException e) {
      assertThat(e.attribute()).isPresent();
      return;
    }

    String json = new String(EncodedActivity.of(activity).json(), UTF_8);
    assertThat(ActivityReader.readCloudEvent(json)).isEqualTo(activity);
    assertThat(BinaryMode.read(TestRequest.with(headersOf(activity)), dataOf(activity)))
        .isEqualTo(activity);
  }

  private static String[] headers(byte[] request) {
    List<String> headers = new ArrayList<>();
    for (String line : text(request).split("\n\n", 2)[0].split("\n")) {
      String[] header = line.split(": ?", 2);
      if (header.length == 2 && !header[0].isEmpty()) {
        headers.addAll(List.of(header));
      }
    }
    return headers.toArray(String[]::new);
  }

  private static byte[] data(byte[] request) {
    String[] parts = text(request).split("\n\n", 2);
    return parts.length == 1 ? new byte[0] : parts[1].getBytes(ISO_8859_1);
  }

  private static String text(byte[] request) {
    return new String(request, ISO_8859_1);
  }

  private static String[] headersOf(Activity activity) {
    List<String> headers = new ArrayList<>(List.of("ce-specversion", "1.0"));
    add(headers, "ce-id", activity.id());
    add(headers, "ce-source", activity.source());
    add(headers, "ce-type", activity.type());
    add(headers, "ce-time", activity.time().toString().replaceFirst("(T..:..)(Z|[+-])", "$1:00$2"));
    add(headers, "ce-actor", activity.actor());
    add(headers, "ce-subject", activity.subject());
    add(
        headers,
        "ce-audience",
        activity.audience() == null ? null : activity.audience().toString());
    activity
        .extensions()
        .forEach(
            (name, value) -> {
              if (name.equals("datacontenttype")) {
                headers.addAll(List.of("Content-Type", (String) value));
              } else if (!name.equals("data_base64")) {
                add(headers, "ce-" + name, (String) value);
              }
            });
    return headers.toArray(String[]::new);
  }

  private static void add(List<String> headers, String name, String value) {
    if (value != null) {
      StringBuilder encoded = new StringBuilder();
      for (byte each : value.getBytes(UTF_8)) {
        encoded.append("%%%02x".formatted(each));
      }
      headers.addAll(List.of(name, encoded.toString()));
    }
  }

  private static byte[] dataOf(Activity activity) {
    if (activity.data() == null) {
      return activity.extensions().get("data_base64") instanceof String bytes
          ? Base64.getDecoder().decode(bytes)
          : new byte[0];
    }
    String type = (String) activity.extensions().get("datacontenttype");
    boolean isJson = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).matches(".*[/+]json");
    String json = activity.data().toString();
    return (isJson ? json : activity.data().string().orElseThrow()).getBytes(UTF_8);
  }
}
