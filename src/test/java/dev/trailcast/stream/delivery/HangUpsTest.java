package dev.trailcast.stream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HangUpsTest {
  @TempDir Path directory;

  private final AtomicLong now = new AtomicLong();

  @Test
  void areThoseWhoHaveClosedTheirConnection() throws Exception {
    TcpTable table = new TcpTable(directory);
    HangUps hangUps = new HangUps(table.queues(), now::get);
    table.say(TcpTable.queue(1, 0), TcpTable.closed(2));

    assertThat(hangUps.include(TcpTable.connection(1))).isFalse();
    assertThat(hangUps.include(TcpTable.connection(2))).isTrue();
    assertThat(hangUps.include(TcpTable.connection(3))).isFalse(); // not known: behind a proxy, say
  }

  @Test
  void areLookedUpNowAndThen() throws Exception {
    TcpTable table = new TcpTable(directory);
    HangUps hangUps = new HangUps(table.queues(), now::get);
    table.say(TcpTable.queue(1, 0));
    assertThat(hangUps.include(TcpTable.connection(1))).isFalse();
    table.say(TcpTable.closed(1));

    assertThat(hangUps.include(TcpTable.connection(1))).isFalse();
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertThat(hangUps.include(TcpTable.connection(1))).isTrue();
  }

  @Test
  void areNotKnownWhereTheSystemDoesNotTell() {
    HangUps hangUps = new HangUps(new SendQueues(List.of(directory.resolve("none"))), now::get);

    assertThat(hangUps.include(TcpTable.connection(1))).isFalse();
  }
}
