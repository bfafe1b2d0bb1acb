package dev.trailcast.benchmark.load;

import dev.trailcast.benchmark.server.RunningServer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Readers that only keep their connections; whether they are answered does not matter. */
public final class Crowd implements AutoCloseable {
  private static final long BETWEEN_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private final List<SocketChannel> channels = new ArrayList<>();

  private Crowd() {}

  /**
   * Connects so many, not all at once.
   *
   * @throws IOException if that can't be done in time
   */
  public static Crowd of(RunningServer server, int readers) throws IOException {
    Crowd crowd = new Crowd();
    try {
      crowd.connect(server, readers);
      return crowd;
    } catch (IOException e) {
      crowd.close();
      throw e;
    }
  }

  private void connect(RunningServer server, int readers) throws IOException {
    Deadline deadline = Deadline.ofPatience();
    byte[] request = Readership.of(1).request(server.port(), server.doors().follow(), 0);
    for (int i = 0; i < readers; i++) {
      SocketChannel channel = SocketChannel.open();
      channels.add(channel);
      channel.setOption(StandardSocketOptions.SO_LINGER, 0); // no port is left in TIME_WAIT
      try {
        deadline.connect(channel, server.port());
      } catch (SocketTimeoutException e) {
        throw new TooFewReaders(i, readers, "connected");
      }
      channel.write(ByteBuffer.wrap(request));
      LockSupport.parkNanos(BETWEEN_NANOS);
    }
  }

  /** Waits until the server has come to rest. */
  public void settle() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }
}
