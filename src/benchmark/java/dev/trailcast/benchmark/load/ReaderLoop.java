package dev.trailcast.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/** A thread that reads for many readers. */
final class ReaderLoop implements AutoCloseable {
  private static final int BUFFER = 256 * 1024;

  // fixed at birth
  private final Selector selector;
  private final Thread thread;
  private final Semaphore opening;

  // safe by itself: what others ask of the thread
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  // only the thread writes, others look
  private volatile long delivered;
  private volatile long bytes;
  private volatile long lastArrival;
  private volatile RuntimeException failure;
  private volatile boolean closed;

  // only the thread
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
  private final Latencies latencies = new Latencies();

  /**
   * @param opening gets a permit back for each response that begins
   */
  ReaderLoop(Semaphore opening) throws IOException {
    this.opening = opening;
    selector = Selector.open();
    thread = new Thread(this::run, "benchmark-readers");
    thread.start();
  }

  /** Where the readers of this thread record theirs; to be looked at when it is closed. */
  Latencies latencies() {
    return latencies;
  }

  /** Reads from now on. */
  void add(SocketChannel channel, Reader reader) {
    tell(
        () -> {
          try {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, reader);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  /** Never reads again, but keeps the connection. */
  void stall(SocketChannel channel) {
    tell(() -> channel.keyFor(selector).interestOps(0));
  }

  private void tell(Runnable task) {
    tasks.add(task);
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::read);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
          task.run();
        }
      }
    } catch (IOException e) {
      failure = new UncheckedIOException(e);
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void read(SelectionKey key) {
    Reader reader = (Reader) key.attachment();
    int length = receive(key);
    if (length < 0) {
      key.cancel(); // what has not come by then is lost
      if (!reader.isAnswered()) {
        throw new IllegalStateException("the server hung up on a reader without an answer");
      }
      return;
    }
    long now = System.nanoTime();
    boolean waiting = !reader.isAnswered();
    int news = reader.take(buffer.flip(), now);
    if (waiting && reader.isAnswered()) {
      opening.release();
    }
    bytes = bytes + length;
    if (news > 0) {
      lastArrival = now;
      delivered = delivered + news;
    }
  }

  private int receive(SelectionKey key) {
    try {
      return ((SocketChannel) key.channel()).read(buffer.clear());
    } catch (IOException e) {
      return -1; // a reset is an end like any other
    }
  }

  long delivered() {
    return delivered;
  }

  long bytes() {
    return bytes;
  }

  /** The {@link System#nanoTime} of the newest event. */
  long lastArrival() {
    return lastArrival;
  }

  /** Nanoseconds of CPU that the thread has used. */
  long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
  }

  /** Throws what the thread has died of, if it has. */
  void check() {
    RuntimeException cause = failure;
    if (cause != null) {
      throw new IllegalStateException("reading has failed: " + cause.getMessage(), cause);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    selector.close();
  }
}
