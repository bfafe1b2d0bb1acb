package dev.trailcast.stream;

import dev.trailcast.journal.Gap;
import dev.trailcast.journal.StreamPosition;
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

  private final Trail trail;
  private final StreamPosition position;

  Rehearsal(Trail trail) {
    this.trail = trail;
    this.position = trail.tail().head();
  }

  void run() {
    try {
      for (Gzip gzip : new Gzip[] {null, new Gzip(trail.compression())}) {
        HttpResponse nobody =
            new HttpResponse(OutputStream.nullOutputStream(), gzip, null, () -> {});
        SseOutlet.Options options = new SseOutlet.Options(false, true);
        play(new SseOutlet(nobody, options, true, 0));
        play(new LinesOutlet(nobody, true));
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
    outlet.opening(out, position, true);
    outlet.gap(out, new Gap(Gap.Reason.EXPIRED, position.toString(), position));
    outlet.conflated(out, 1);
    outlet.position(out, position, true);
    outlet.heartbeat(out, new Outlet.Beat(position, true, true, ANY_TIME));
    outlet.closing(out, CloseReason.DRAINING, trail.retry().milliseconds(CloseReason.DRAINING));
    outlet.flush(out);
    outlet.end(true);
  }

  private static List<Outbox.Sending> sending() {
    Outbox outbox = new Outbox();
    outbox.add(PlainSseEvent.HEARTBEAT);
    return outbox.takeAll();
  }
}
