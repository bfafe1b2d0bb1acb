package dev.trailcast.ingest.segment;

import dev.trailcast.activity.InvalidActivityException;
import dev.trailcast.activity.OversizedActivityException;
import dev.trailcast.activity.RawJson;
import dev.trailcast.activity.Utf8;
import dev.trailcast.ingest.Elements;
import dev.trailcast.ingest.HeldBody;
import dev.trailcast.ingest.Ingestion;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * What a library has sent: a batch of messages and something around them, or one message. Of a
 * batch only one message is an object at a time. For one thread.
 */
final class TrackingBody {
  private static final byte[] BATCH = "\"batch\"".getBytes(StandardCharsets.UTF_8);

  private final byte[] json;
  private final int longest;
  private final ByteArrayOutputStream others = new ByteArrayOutputStream();
  private int begin = -1; // of the batch
  private int end;
  private String around; // what is no batch; all of it where there is none
  private Map<String, RawJson> members;

  private TrackingBody(byte[] json, int longest) {
    this.json = json;
    this.longest = longest;
  }

  /**
   * Reads what is around the messages.
   *
   * @param longest how many bytes a message may have to be read at all
   * @throws InvalidActivityException if it is no JSON object; an {@link OversizedActivityException}
   *     if it is one message that is longer
   */
  static TrackingBody read(HeldBody held, int longest) {
    TrackingBody body = new TrackingBody(held.json(), longest);
    Elements members = Elements.ofObject(held.json(), held.length());
    while (members.next()) {
      body.add(members.from(), members.to());
    }
    body.around = "{" + Utf8.decode(body.others.toByteArray(), 0, body.others.size()) + "}";
    body.members = RawJson.members(body.around);
    return body;
  }

  private void add(int from, int to) {
    int value = batchIn(from, to);
    if (value >= 0) {
      if (begin >= 0) {
        throw InvalidActivityException.of("batch", "is given twice");
      }
      begin = value;
      end = to;
      return;
    }
    if (from == to) {
      throw InvalidActivityException.whole("is not JSON: there is a comma too many");
    }
    if (others.size() + to - from > longest) {
      throw OversizedActivityException.asSent(longest);
    }
    if (others.size() > 0) {
      others.write(',');
    }
    others.write(json, from, to - from);
  }

  /** Where the array begins, if this member is the batch; else -1. */
  private int batchIn(int from, int to) {
    int at = from + BATCH.length;
    if (at > to || !Arrays.equals(json, from, at, BATCH, 0, BATCH.length)) {
      return -1;
    }
    boolean colon = false;
    for (; at < to; at++) {
      if (json[at] == ':' && !colon) {
        colon = true;
      } else if (!Elements.isSpace(json[at])) {
        return colon && json[at] == '[' ? at : -1;
      }
    }
    return -1;
  }

  /** The key that is named in it; null if none is. */
  String writeKey() {
    return Optional.ofNullable(members.get("writeKey")).flatMap(RawJson::string).orElse(null);
  }

  /** When it was sent, by the sender's clock. */
  Optional<OffsetDateTime> sent() {
    return Translation.moment(members.get("sentAt"));
  }

  /**
   * How many messages there are.
   *
   * @param most after how many it gives up: then they are more
   * @throws InvalidActivityException if the batch is no JSON
   */
  int count(int most) {
    return begin < 0 ? 1 : Elements.ofArray(json, begin, end, longest).count(most);
  }

  /** Brings them all, as {@code translation} has them. */
  void offerTo(Ingestion ingestion, Translation translation) {
    if (begin < 0) {
      ingestion.offer(Ingestion.NO_LINE, () -> translation.activity(around));
      return;
    }
    Elements messages = Elements.ofArray(json, begin, end, longest);
    while (messages.next()) {
      ingestion.offer(Ingestion.NO_LINE, messages.element(translation::activity));
    }
  }
}
