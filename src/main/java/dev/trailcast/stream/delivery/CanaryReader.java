package dev.trailcast.stream.delivery;

import dev.trailcast.stream.pump.Pumps;
import dev.trailcast.stream.trail.Tail;
import dev.trailcast.stream.wire.Format;
import dev.trailcast.stream.wire.Frame;
import dev.trailcast.stream.wire.HttpOutlet;
import dev.trailcast.stream.wire.HttpResponse;
import dev.trailcast.stream.wire.Outlet;
import dev.trailcast.stream.wire.RecordedFrame;
import dev.trailcast.stream.wire.RetryDelay;
import dev.trailcast.stream.wire.WriteBuffer;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * What the one gets who reads canaries: the newest, whenever there is one. It is woken by the tail,
 * waits for its turn and is written to as any reader is, but what is written goes nowhere, and it
 * is given nothing else.
 */
final class CanaryReader implements Feed {
  // fixed at birth
  private final Tail tail;
  private final Outlet outlet;
  private final Nowhere nowhere;
  private final Consumer<RecordedFrame> taking;

  // safe by itself: from the tail's thread to the one that serves
  private final AtomicReference<RecordedFrame> newest = new AtomicReference<>();

  private CanaryReader(
      Tail tail, Subscriber reader, Outlet outlet, Nowhere nowhere, CanaryListener listener) {
    this.tail = tail;
    this.outlet = outlet;
    this.nowhere = nowhere;
    this.taking =
        canary -> {
          listener.announced(canary.activity().id());
          newest.set(canary);
          reader.wake();
        };
    tail.onCanary(taking);
  }

  /** Somebody who reads canaries, and is to be started. */
  static Subscriber subscribe(Tail tail, Pumps pumps, RetryDelay retry, CanaryListener listener) {
    Nowhere nowhere = new Nowhere(listener);
    Outlet outlet =
        new HttpOutlet(
            new HttpResponse(nowhere, null, null, () -> {}),
            new HttpOutlet.Options(Format.SSE, false, false, 0));
    return new Subscriber(
        pumps,
        reader -> new CanaryReader(tail, reader, outlet, nowhere, listener),
        outlet,
        retry,
        (reader, reason, cause) -> {});
  }

  /** Where it is written. Only for the thread that serves. */
  private static final class Nowhere extends OutputStream {
    private final CanaryListener listener;
    private String expected; // the id of what is to be written; or null
    private long bytes;

    private Nowhere(CanaryListener listener) {
      this.listener = listener;
    }

    private void expect(String id) {
      expected = id;
      bytes = 0;
    }

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes += length;
    }

    @Override
    public void flush() {
      if (expected != null && bytes > 0) {
        listener.written(expected);
        expected = null;
      }
    }
  }

  @Override
  public void open(WriteBuffer out) {
    // nobody is there to be told
  }

  @Override
  public Progress advance(WriteBuffer out, Frame[] frames) {
    RecordedFrame canary = newest.getAndSet(null);
    if (canary != null) {
      nowhere.expect(canary.activity().id());
      outlet.frame(out, canary);
    }
    return Progress.AT_HEAD;
  }

  @Override
  public boolean holdsBack() {
    return false;
  }

  @Override
  public long due() {
    throw new IllegalStateException("nothing is held back");
  }

  @Override
  public void releaseAll(WriteBuffer out) {
    // nothing is held back
  }

  @Override
  public void sayWhereItIs(WriteBuffer out, Progress progress, boolean beat) {
    // nobody is there to be told
  }

  @Override
  public long behind() {
    return 0;
  }

  @Override
  public void end() {
    tail.endCanaries(taking);
  }
}
