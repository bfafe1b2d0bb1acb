package dev.trailcast.benchmark.attack;

import dev.trailcast.benchmark.load.HttpConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/**
 * A hostile client of a server on this machine: it opens connections, from one address or from
 * many, and gives up all of them when it is closed. Safe for use by many threads.
 */
final class Assailant implements AutoCloseable {
  /** What it waits for an answer at most, and for being let in. */
  private static final int PATIENCE_MILLIS = 5_000;

  /** As small as the kernel allows: what is not read soon waits in the server. */
  private static final int SMALL_RECEIVE_BUFFER = 4096;

  // fixed at birth
  private final int port;
  private final int http2Port;
  private final long end;

  // safe by themselves
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();

  /**
   * @param http2Port where what stands in front of the server speaks HTTP/2
   */
  Assailant(int port, int http2Port, Duration time) {
    this.port = port;
    this.http2Port = http2Port;
    this.end = System.nanoTime() + time.toNanos();
  }

  int port() {
    return port;
  }

  boolean isOver() {
    return System.nanoTime() - end > 0;
  }

  /** Waits for its time to be over. */
  void rest() {
    pause(Duration.ofNanos(end - System.nanoTime()));
  }

  static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** What it was answered, and how often. */
  String answers() {
    return answers.isEmpty() ? "–" : new TreeMap<>(answers).toString().replaceAll("[{}]", "");
  }

  /** A connection from an address: {@code 127.0.x.y}, of which 127.0.0.1 is the first. */
  Socket connect(int address) throws IOException {
    return connect(address, port);
  }

  /** The same for HTTP/2, at its preface. */
  Socket connectByHttp2(int address) throws IOException {
    return connect(address, http2Port);
  }

  private Socket connect(int address, int to) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setSoLinger(true, 0); // no port is left in TIME_WAIT
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setReceiveBufferSize(SMALL_RECEIVE_BUFFER);
    byte[] from = {127, 0, (byte) (address >> 8), (byte) (address + 1)};
    socket.bind(new InetSocketAddress(InetAddress.getByAddress(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), to), PATIENCE_MILLIS);
    return socket;
  }

  /**
   * Sends requests and never reads what comes, until the time is over. One that is not let in does
   * not come again.
   *
   * @param addresses from how many
   */
  void hold(int count, int addresses, IntFunction<byte[]> request) {
    for (int i = 0; i < count && !isOver(); i++) {
      try {
        connect(i % addresses).getOutputStream().write(request.apply(i));
      } catch (IOException e) {
        note("not let in");
      }
    }
    rest();
  }

  /**
   * Sends requests, so many at a time and each on a connection of its own, and reads how they are
   * answered.
   *
   * @param count how many in all; fewer when the time is over before
   */
  void send(int count, int atATime, IntFunction<byte[]> request) throws InterruptedException {
    inParallel(
        atATime,
        first -> {
          for (int i = first; i < count && !isOver(); i += atATime) {
            try (Socket socket = connect(0)) {
              exchange(socket, request.apply(i));
            }
          }
        });
  }

  /** Sends the same requests one after the other on each of some connections. */
  void pipeline(int connections, IntFunction<byte[]> request) throws InterruptedException {
    inParallel(
        connections,
        first -> {
          try (HttpConnection connection = new HttpConnection(port)) {
            for (int i = first; !isOver(); i += connections) {
              note(Integer.toString(connection.exchange(request.apply(i)).status()));
            }
          }
        });
  }

  /** Sends a request, and notes its answer. */
  void exchange(Socket socket, byte[] request) {
    try {
      socket.getOutputStream().write(request);
    } catch (IOException e) {
      // an answer may have come before all was sent
    }
    hear(socket);
  }

  /** Notes how it is answered. */
  void hear(Socket socket) {
    try {
      byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      String text = new String(status, StandardCharsets.US_ASCII);
      note(text.startsWith("HTTP/1.1 ") ? text.substring("HTTP/1.1 ".length()) : "hung up");
    } catch (IOException e) {
      note("no answer");
    }
  }

  void note(String answer) {
    answers.computeIfAbsent(answer, absent -> new LongAdder()).increment();
  }

  /** Something that is done by several at a time. */
  interface Task {
    void run(int number) throws IOException;
  }

  /** Waits for all of them. */
  void inParallel(int count, Task task) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      threads.execute(
          () -> {
            try {
              task.run(number);
            } catch (IOException e) {
              note("not let in");
            }
          });
    }
    threads.shutdown();
    if (!threads.awaitTermination(
        end - System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(2 * PATIENCE_MILLIS),
        TimeUnit.NANOSECONDS)) {
      threads.shutdownNow();
    }
  }

  @Override
  public void close() {
    List<Socket> all = new ArrayList<>(sockets);
    for (Socket socket : all) {
      try {
        socket.close();
      } catch (IOException e) {
        // it is gone
      }
    }
  }
}
