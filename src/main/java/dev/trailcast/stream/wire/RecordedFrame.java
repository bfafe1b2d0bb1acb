package dev.trailcast.stream.wire;

import dev.trailcast.activity.Activity;
import dev.trailcast.activity.EncodedActivity;
import dev.trailcast.journal.Erasure;
import dev.trailcast.journal.JournalEntry;
import dev.trailcast.journal.StreamPosition;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * An entry of the journal as every reader gets it. The bytes are those of a named Server-Sent
 * Event; one without a name begins behind the name, and a line is made of the same JSON and id.
 * What tells of an erasure always has its name: no reader is to take it for what somebody did.
 */
public final class RecordedFrame implements Frame {
  private static final byte[] POSITION_MEMBER = ascii(",\"position\":\"");
  private static final byte[] END_OF_OBJECT = ascii("\"}");
  private static final byte[] END_OF_LINE = ascii("\n");
  private static final int DATA_FIELD = "data: ".length();
  private static final int ID_FIELD = "\nid: ".length();
  private static final int END_OF_FRAME = "\n\n".length();

  private final StreamPosition position;
  private final Activity activity;
  private final long recorded;
  private final byte[] sse;
  private final int nameLength;
  private final int nameless; // where one begins that is written without a name
  private final int jsonLength;

  /**
   * Encodes an entry.
   *
   * @param scratch used, and left empty; its owner keeps it for the next
   */
  public RecordedFrame(JournalEntry entry, WriteBuffer scratch) {
    position = entry.position();
    activity = entry.activity();
    recorded = entry.recorded().toEpochMilli();
    scratch.clear();
    SseFields.event(scratch, activity.type());
    nameLength = scratch.length();
    nameless = activity.isErasure() ? 0 : nameLength;
    jsonLength = entry.encoded().json().length;
    SseFields.json(scratch, entry.encoded().json());
    SseFields.id(scratch, position.toString());
    SseFields.end(scratch);
    sse = scratch.toByteArray();
    scratch.wipe();
  }

  /** Whether an erasure concerns it. */
  public boolean isErasedBy(Erasure erasure) {
    return erasure.concerns(activity, position);
  }

  public Activity activity() {
    return activity;
  }

  /** When it was recorded, in milliseconds since 1970. */
  public long recorded() {
    return recorded;
  }

  public StreamPosition position() {
    return position;
  }

  @Override
  public long offset() {
    return position.offset();
  }

  @Override
  public int bytes() {
    return sse.length;
  }

  @Override
  public void writeSse(WriteBuffer out, boolean named) {
    out.put(sse, named ? 0 : nameless, sse.length);
  }

  @Override
  public void writeLine(WriteBuffer out) {
    writeJson(out);
    out.put(END_OF_LINE);
  }

  /** Writes it as a JSON object, with its position. */
  public void writeJson(WriteBuffer out) {
    int json = nameLength + DATA_FIELD;
    int endOfJson = json + jsonLength;
    out.put(sse, json, endOfJson - 1) // without the closing brace: position is the last member
        .put(POSITION_MEMBER)
        .put(sse, endOfJson + ID_FIELD, sse.length - END_OF_FRAME)
        .put(END_OF_OBJECT);
  }

  /** What it was made of. */
  public JournalEntry entry() {
    int json = nameLength + DATA_FIELD;
    return new JournalEntry(
        position,
        Instant.ofEpochMilli(recorded),
        new EncodedActivity(activity, Arrays.copyOfRange(sse, json, json + jsonLength)));
  }

  @Override
  public OutboundSseEvent event() {
    int json = nameLength + DATA_FIELD;
    return new PlainSseEvent(
        activity.isErasure() ? activity.type() : null,
        position.toString(),
        new String(sse, json, jsonLength, StandardCharsets.UTF_8));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
