package dev.trailcast.stream.pages;

import dev.trailcast.activity.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The entity tag of a page: equal where the same reader gets the same again. By <a
 * href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110, section 8.8.3</a>.
 *
 * @param quoted as it stands in the header
 */
record PageTag(String quoted) {
  private static final int BYTES = 18;

  /** The tag of what a view's reader gets. */
  static PageTag of(View view, byte[] json) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String reader = view.viewer().name() + new TreeSet<>(view.viewer().roles()) + view.filter();
      digest.update(reader.getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(json);
      String text = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, BYTES));
      return new PageTag('"' + text + '"');
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether a header {@code If-None-Match} has it; weak ones count, by section 13.1.2. */
  boolean isAmong(String known) {
    return known != null
        && Stream.of(known.split(","))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals(quoted));
  }
}
