package dev.trailcast.journal.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Which of our nodes has written a record: the header {@code trailcast}. It proves nothing, for
 * whoever may write to the topic may write it, too.
 *
 * @param epoch of the topic that it was written for: another one may have its name by now
 * @param node what the node calls itself as long as it runs, {@code [A-Za-z0-9_-]{1,64}}
 * @param sequence the node's own number for it, from 0
 */
record Origin(String epoch, String node, long sequence) {
  static final String HEADER = "trailcast";

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9]{1,32})/([A-Za-z0-9_-]{1,64})/(0|[1-9][0-9]{0,17})");

  private static final int LONGEST = 32 + 1 + 64 + 1 + 18;

  Origin {
    if (!FORM.matcher(text(epoch, node, sequence)).matches()) {
      throw new IllegalArgumentException(
          "must be " + FORM + ", not " + text(epoch, node, sequence));
    }
  }

  /** That of the record with these headers; empty where it says none, or something else. */
  static Optional<Origin> of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null || header.value().length > LONGEST) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(new String(header.value(), StandardCharsets.US_ASCII));
    return parts.matches()
        ? Optional.of(new Origin(parts.group(1), parts.group(2), Long.parseLong(parts.group(3))))
        : Optional.empty();
  }

  /** The header's value. */
  byte[] toBytes() {
    return toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return text(epoch, node, sequence);
  }

  private static String text(String epoch, String node, long sequence) {
    return epoch + '/' + node + '/' + sequence;
  }
}
