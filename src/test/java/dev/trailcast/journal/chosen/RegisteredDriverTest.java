package dev.trailcast.journal.chosen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailcast.journal.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;

class RegisteredDriverTest {
  @TempDir Path directory;

  /** Other tests of this JVM look for it there. */
  @AfterEach
  void register() throws Exception {
    if (registered().isEmpty()) {
      DriverManager.registerDriver(new JDBC());
    }
  }

  @Test
  void isKeptByNobodyOnceItIsForgottenAndServesTheJournalStill() throws Exception {
    Database database = new Database(directory);
    database.openForWriting().close();
    assertThat(registered()).isNotEmpty();

    RegisteredDriver.forget();

    assertThat(registered()).isEmpty();
    try (Connection again = database.openForWriting()) {
      assertThat(again.isClosed()).isFalse();
    }
    assertThat(registered()).isEmpty();
  }

  private static List<Driver> registered() {
    return Collections.list(DriverManager.getDrivers()).stream()
        .filter(JDBC.class::isInstance)
        .toList();
  }
}
