package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.Await;
import dev.trailcast.stream.delivery.SendQueues.SendQueue;
import dev.trailcast.stream.wire.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class SendQueuesTest {
  private static final long ENOUGH = 64 * 1024;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void tellWhoHasNotTakenWhatWasSentUntilHeHas(String address) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getByName(address), 0);
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(anyPort);
        SocketChannel reader = SocketChannel.open(server.getLocalAddress());
        SocketChannel other = SocketChannel.open(server.getLocalAddress());
        SocketChannel toReader = server.accept();
        SocketChannel toOther = server.accept()) {
      long sent = fill(toReader);
      toOther.write(ByteBuffer.allocate(100));

      assertThat(large()).containsKey(connection(toReader));
      assertThat(large()).doesNotContainKey(connection(toOther));
      assertThat(large().get(connection(toReader)).unanswered())
          .isZero(); // it is there, and says that it has no room

      for (ByteBuffer into = ByteBuffer.allocate(1 << 16); sent > 0; into.clear()) {
        sent -= reader.read(into);
      }
      Connection taken = connection(toReader);
      Await.until("what was taken to be acknowledged", () -> !large().containsKey(taken));
      assertThat(other.read(ByteBuffer.allocate(200))).isEqualTo(100);
    }
  }

  private static Map<Connection, SendQueue> large() throws Exception {
    return new SendQueues().find(queue -> queue.bytes() >= ENOUGH);
  }

  private static long fill(SocketChannel channel) throws Exception {
    channel.configureBlocking(false);
    ByteBuffer some = ByteBuffer.allocate(1 << 16);
    long sent = 0;
    for (int written = 1; written > 0; some.clear()) {
      written = channel.write(some);
      sent += written;
    }
    return sent;
  }

  /** As a server tells it of a request. */
  private static Connection connection(SocketChannel channel) throws Exception {
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
    return new Connection(remote.getAddress().getHostAddress(), remote.getPort(), local.getPort());
  }
}
