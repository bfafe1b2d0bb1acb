package dev.trailcast.stream.delivery;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
import dev.trailcast.stream.wire.CloseReason;
import dev.trailcast.stream.wire.Compression;
import dev.trailcast.stream.wire.ControlEvent;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Gzip;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.HttpResponse;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.PlainSseEvent;
import dev.trailcast.stream.wire.WriteBuffer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/**
 * Goes through all that is ever written to a reader, to nobody, so that every class it needs is
 * there from then on. Where an application is removed by deleting its archive, the server says so
 * only afterwards, and whatever was not needed before could not be loaded any more; but readers are
 * still to be told that it ends.
 */
final class Rehearsal {
  private static final Instant ANY_TIME = Instant.EPOCH;

  private final Compression compression;
  private final StreamPosition position;

  /**
   * @param position any one
   */
  Rehearsal(Compression compression, StreamPosition position) {
    this.compression = compression;
    this.position = position;
  }

  void run() {
    try {
      for (Gzip gzip : new Gzip[] {null, new Gzip(compression)}) {
        HttpResponse nobody =
            new HttpResponse(OutputStream.nullOutputStream(), gzip, null, () -> {});
        for (Format format : Format.values()) {
          play(new HttpOutlet(nobody, new HttpOutlet.Options(format, true, true, 0)));
        }
      }
      for (Outbox.Sending sending : sending()) {
        sending.stage().complete(null);
      }
    } catch (IOException e) {
      throw new IllegalStateException("nothing can go wrong here", e);
    }
  }

  private void play(Outlet outlet) throws IOException {
    WriteBuffer out = new WriteBuffer();
    outlet.opening(out, ControlEvent.position(position, true));
    outlet.control(
        out, ControlEvent.gap(new Gap(Gap.Reason.EXPIRED, position.toString(), position)));
    outlet.control(out, ControlEvent.conflated(1));
    outlet.heartbeat(out, new Outlet.Beat(position, true, true, ANY_TIME));
    outlet.closing(out, CloseReason.DRAINING, 0);
    outlet.flush(out);
    outlet.end(true);
  }

  private static List<Outbox.Sending> sending() {
    Outbox outbox = new Outbox();
    outbox.add(PlainSseEvent.HEARTBEAT);
    return outbox.takeAll();
  }
}
