package dev.trailcast.stream.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The server's end of a connection: keeps what is written, and can stall or break like a real one.
 * Fails if two threads write at once.
 */
public final class FakeConnection extends OutputStream {
  private static final long PATIENCE_SECONDS = 20;
  private static final int GZIP_HEADER = 10;

  // guarded by this
  private final SseClient client = new SseClient();
  private final StringBuilder text = new StringBuilder();
  private final Gzip gzip; // or null
  private final Connection connection; // or null
  private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
  private final Inflater inflater = new Inflater(true);
  private boolean stalled;
  private boolean broken;
  private boolean completed;
  private boolean writing;
  private boolean held;
  private int writes;
  private int unpacked;

  public FakeConnection() {
    this(null, null);
  }

  /** One that takes gzip, and unpacks it at once. */
  public FakeConnection(Gzip gzip) {
    this(gzip, null);
  }

  /** One that the kernel knows. */
  public FakeConnection(Connection connection) {
    this(null, connection);
  }

  private FakeConnection(Gzip gzip, Connection connection) {
    this.gzip = gzip;
    this.connection = connection;
  }

  public HttpResponse response() {
    return new HttpResponse(this, gzip, connection, this::complete);
  }

  /** From now on a write blocks, as one to a full socket does. */
  public synchronized void stall() {
    stalled = true;
  }

  public synchronized void resume() {
    stalled = false;
    notifyAll();
  }

  /** From now on a write fails, also one that is under way. */
  public synchronized void breakDown() {
    broken = true;
    notifyAll();
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException("byte by byte");
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (writing || completed) {
      throw new AssertionError(writing ? "two threads write at once" : "written after the end");
    }
    writing = true;
    try {
      while (stalled && !broken) {
        held = true;
        notifyAll();
        waitForChange();
      }
      if (broken) {
        throw new IOException("Broken pipe");
      }
      if (gzip == null) {
        take(bytes, offset, count);
      } else {
        packed.write(bytes, offset, count);
      }
      writes++;
    } finally {
      writing = false;
      held = false;
      notifyAll();
    }
  }

  private void take(byte[] bytes, int offset, int count) {
    client.feed(bytes, offset, offset + count);
    text.append(new String(bytes, offset, count, StandardCharsets.UTF_8));
  }

  /** Unpacks what has come until now, all of it: nothing may wait for what comes next. */
  @Override
  public synchronized void flush() {
    if (gzip != null) {
      byte[] whole = packed.toByteArray();
      int from = Math.max(GZIP_HEADER, unpacked);
      try {
        inflater.setInput(whole, from, whole.length - from);
        byte[] some = new byte[1 << 16];
        int count;
        while ((count = inflater.inflate(some)) > 0) {
          take(some, 0, count);
        }
        unpacked = whole.length;
        notifyAll();
      } catch (DataFormatException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Everything that was sent, as it was sent. */
  public synchronized byte[] packed() {
    return packed.toByteArray();
  }

  private synchronized void complete() {
    if (writing) {
      throw new AssertionError("completed while a write was under way");
    }
    completed = true;
    notifyAll();
  }

  /** Waits until what a client has got satisfies this. */
  public synchronized void await(String what, Predicate<SseClient> condition) {
    awaitState(what, () -> condition.test(client));
  }

  public synchronized void awaitEnd() {
    awaitState("end", () -> completed);
  }

  /** Waits until a write is being held up. */
  public synchronized void awaitHeld() {
    awaitState("a held write", () -> held);
  }

  public synchronized String text() {
    return text.toString();
  }

  public synchronized int writes() {
    return writes;
  }

  synchronized boolean isCompleted() {
    return completed;
  }

  private void awaitState(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (!condition.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new TimeoutException();
        }
        wait(left);
      }
    } catch (TimeoutException | InterruptedException e) {
      int length = text.length();
      throw new AssertionError(
          "waited for "
              + what
              + ", but there was only:\n…"
              + text.substring(Math.max(0, length - 2_000)),
          e);
    }
  }

  private void waitForChange() throws IOException {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
