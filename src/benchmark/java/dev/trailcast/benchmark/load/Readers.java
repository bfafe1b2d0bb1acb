package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/** Many readers of one server: each a connection of its own, read by a few threads. */
public final class Readers implements AutoCloseable {
  /** As small as the kernel has it: one that stalls shall fill it soon. */
  static final int SMALL_BUFFER = 4096;

  /** So many that none of them is busy all the time: it would be the limit of what is measured. */
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors() / 4);

  /** How many readers unpack what comes compressed: enough to check it, too few to cost. */
  private static final int UNPACKING = 5;

  private final Readership readership;
  private final Stamp stamp;
  private final Feed feed;
  private final int permits;
  private final Semaphore opening;
  private final List<ReaderLoop> loops = new ArrayList<>();
  private final List<SocketChannel> channels = new ArrayList<>();
  private final List<Reader> readers = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param opening how many may wait for the beginning of their response
   */
  Readers(Load load, Feed feed, int opening) throws IOException {
    this.readership = load.readership();
    this.stamp = load.publishing().activities().stamp();
    this.feed = feed;
    this.permits = opening;
    this.opening = new Semaphore(opening);
    for (int i = 0; i < THREADS; i++) {
      loops.add(new ReaderLoop(this.opening));
    }
  }

  /** Connects them all, and sends nothing yet. */
  void connect(int port) throws IOException {
    Deadline deadline = Deadline.ofPatience();
    for (int i = 0; i < readership.readers(); i++) {
      SocketChannel channel = SocketChannel.open();
      channels.add(channel);
      if (i < readership.stalled()) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
      }
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_LINGER, 0); // no port is left in TIME_WAIT
      channel.bind(readership.origin(i));
      try {
        deadline.connect(channel, port);
      } catch (SocketTimeoutException e) {
        throw new TooFewReaders(i, readership.readers(), "connected");
      }
      int number = i;
      readers.add(
          new Reader(
              feed,
              stamp,
              i < UNPACKING,
              loop(i).latencies(),
              index -> readership.wants(number, index)));
    }
  }

  /** Sends the requests, with further headers, and waits until every response has begun. */
  void follow(RunningServer server, String... headers) throws IOException, InterruptedException {
    Deadline deadline = Deadline.ofPatience();
    for (int i = 0; i < readership.readers(); i++) {
      byte[] request = readership.request(server.port(), server.doors().follow(), i, headers);
      if (readership.neverReads(i)) {
        channels.get(i).write(ByteBuffer.wrap(request));
      } else {
        awaitOpening(1, deadline);
        channels.get(i).write(ByteBuffer.wrap(request));
        loop(i).add(channels.get(i), readers.get(i));
      }
    }
    awaitOpening(permits, deadline);
    opening.release(permits);
  }

  private void awaitOpening(int few, Deadline deadline) throws IOException, InterruptedException {
    boolean open = opening.tryAcquire(few, deadline.leftNanos(), TimeUnit.NANOSECONDS);
    check();
    if (!open) {
      long answered = readers.stream().filter(Reader::isAnswered).count();
      throw new TooFewReaders(answered, readership.readers(), "answered");
    }
  }

  /** The first so many stop reading, if they ever did. */
  void stall() {
    for (int i = 0; i < readership.stalled(); i++) {
      if (!readership.neverReads(i)) {
        loop(i).stall(channels.get(i));
      }
    }
  }

  /** How many connections the server has ended, of those who have stalled, too. */
  int cutOff(int port) throws IOException {
    Set<InetSocketAddress> clients = Established.clientsOf(port);
    int cutOff = 0;
    for (SocketChannel channel : channels) {
      if (!clients.contains((InetSocketAddress) channel.getLocalAddress())) {
        cutOff++;
      }
    }
    return cutOff;
  }

  /** Waits until so many events have come, nothing has for so long, or patience is at an end. */
  void await(long deliveries, long idleNanos) {
    Deadline deadline = Deadline.ofPatience();
    long since = System.nanoTime();
    long before = delivered();
    while (before < deliveries && !deadline.isOver()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
      check();
      long now = delivered();
      if (now > before) {
        since = System.nanoTime();
        before = now;
      } else if (System.nanoTime() - since > idleNanos) {
        return;
      }
    }
  }

  /** How many deliveries of so many events are looked at one by one. */
  long checkedDeliveries(long events) {
    long checked = reading().stream().filter(Reader::isChecked).count();
    return readership.deliveries(events, checked);
  }

  private List<Reader> reading() {
    return readers.subList(readership.stalled(), readers.size());
  }

  private void check() {
    loops.forEach(ReaderLoop::check);
  }

  long delivered() {
    return sum(ReaderLoop::delivered);
  }

  /** How many events a reader has got, on average over all that read; those of one are enough. */
  long deliveredToEach() {
    return delivered() / Math.max(1, readership.deliveries(1));
  }

  long bytes() {
    return sum(ReaderLoop::bytes);
  }

  /** The {@link System#nanoTime} of the newest event. */
  long lastArrival() {
    return loops.stream().mapToLong(ReaderLoop::lastArrival).max().orElseThrow();
  }

  /** Nanoseconds of CPU that each of the threads has used. */
  long[] cpuNanos() {
    return loops.stream().mapToLong(ReaderLoop::cpuNanos).toArray();
  }

  private long sum(ToLongFunction<ReaderLoop> number) {
    return loops.stream().mapToLong(number).sum();
  }

  /** What was seen by those who read all the time; only when this is closed. */
  Findings findings() {
    Latencies latencies = new Latencies();
    loops.forEach(loop -> latencies.add(loop.latencies()));
    List<Reader> checked = reading().stream().filter(Reader::isChecked).toList();
    return new Findings(
        checked.size(),
        checked.stream().mapToLong(Reader::lost).sum(),
        checked.stream().mapToLong(Reader::doubled).sum(),
        checked.stream().mapToLong(Reader::disordered).sum(),
        checked.stream().mapToLong(Reader::order).distinct().count(),
        reading().stream().anyMatch(Reader::isCompressed),
        latencies);
  }

  private ReaderLoop loop(int reader) {
    return loops.get(reader % loops.size());
  }

  @Override
  public void close() throws IOException {
    for (ReaderLoop loop : loops) {
      loop.close();
    }
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
