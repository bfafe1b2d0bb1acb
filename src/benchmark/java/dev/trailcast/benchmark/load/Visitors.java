package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Readers that come in waves beside others: some leave after a while, some stop reading, and some
 * vanish without a word, as a machine does that loses its power. The last need the command {@code
 * ip} and the right to use it; where there is none, those leave, too.
 */
public final class Visitors implements AutoCloseable {
  private static final int OF_EACH_KIND = 10;
  private static final long STAY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How many waves a vanished one keeps its address: longer than a server needs to notice. */
  private static final int WAVES_AWAY = 20;

  private final RunningServer server;
  private final Thread thread;
  private final Queue<String> vanished = new ArrayDeque<>(); // only the thread, and who joined it
  private volatile boolean closed;
  private volatile boolean canVanish = true;
  private volatile int left;
  private volatile int stalled;
  private volatile int gone;
  private volatile IOException failure;

  /** They begin to come. */
  public Visitors(RunningServer server) {
    this.server = server;
    thread = new Thread(this::run, "benchmark-visitors");
    thread.start();
  }

  private void run() {
    try {
      for (int wave = 0; !closed; wave++) {
        come(wave);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void come(int wave) throws IOException, InterruptedException {
    String far = "127.77." + wave / 250 % 250 + "." + (wave % 250 + 1);
    List<SocketChannel> leaving = connect("127.0.0.1", false);
    List<SocketChannel> stalling = connect("127.0.0.1", true);
    List<SocketChannel> vanishing = connect(far, false);
    long end = System.nanoTime() + STAY_NANOS;
    ByteBuffer some = ByteBuffer.allocate(1 << 20);
    while (System.nanoTime() - end < 0 && !closed) {
      read(leaving, some);
      read(vanishing, some);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    close(leaving);
    left += leaving.size();
    if (canVanish && route("add", far)) {
      vanished.add(far);
      gone += vanishing.size();
    }
    close(vanishing); // of which the server hears nothing
    LockSupport.parkNanos(STAY_NANOS); // longer than the write time-out, together
    close(stalling);
    stalled += stalling.size();
    if (vanished.size() > WAVES_AWAY) {
      route("del", vanished.remove());
    }
  }

  private List<SocketChannel> connect(String from, boolean small) throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    byte[] request = Readership.of(1).request(server.port(), server.doors().follow(), 0);
    for (int i = 0; i < OF_EACH_KIND; i++) {
      SocketChannel channel = SocketChannel.open();
      channels.add(channel);
      if (small) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Readers.SMALL_BUFFER);
      }
      channel.bind(new InetSocketAddress(from, 0));
      Deadline.ofPatience().connect(channel, server.port());
      channel.write(ByteBuffer.wrap(request));
      channel.configureBlocking(false);
    }
    return channels;
  }

  private static void read(List<SocketChannel> channels, ByteBuffer into) {
    for (SocketChannel channel : channels) {
      try {
        channel.read(into.clear());
      } catch (IOException e) {
        // refused or cut off, as may be; it comes in the next wave
      }
    }
  }

  private static void close(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  /** From now on nothing goes to an address any more, or comes from there; or it does again. */
  private boolean route(String how, String address) throws InterruptedException {
    List<String> command =
        List.of("ip", "route", how, "blackhole", address + "/32", "table", "local");
    try {
      canVanish = new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      canVanish = false;
    }
    return canVanish;
  }

  /** How many have come, and what became of them. */
  public String toText() {
    return "%,d readers came and left, %,d stopped reading, %,d vanished"
        .formatted(left, stalled, gone);
  }

  /** Nobody comes any more; those who have vanished stay away until the server has noticed. */
  public void end() throws IOException, InterruptedException {
    closed = true;
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
      for (String address : vanished) {
        route("del", address);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
