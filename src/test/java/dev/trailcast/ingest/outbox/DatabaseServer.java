package dev.trailcast.ingest.outbox;

import java.sql.SQLException;
import java.util.UUID;
import org.h2.tools.Server;

/**
 * H2 as a server, in the process of the test: what is committed there stays when whoever has
 * committed is killed. (H2 in the process that is killed forgets some of it, also with
 * WRITE_DELAY=0.)
 */
public final class DatabaseServer implements AutoCloseable {
  private final String name = "mem:" + UUID.randomUUID();
  private final Server server;
  private final BusinessDatabase open;

  public DatabaseServer() throws SQLException {
    server = Server.createTcpServer("-tcpPort", "0").start();
    open = new BusinessDatabase("jdbc:h2:" + name); // or it would be forgotten in between
  }

  /** How any process on this machine reaches it. */
  public String url() {
    return "jdbc:h2:tcp://localhost:" + server.getPort() + "/" + name;
  }

  @Override
  public void close() throws SQLException {
    open.close();
    server.stop();
  }
}
